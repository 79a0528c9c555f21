package io.vmkit.image;

import io.vmkit.process.CommandRunner;
import io.vmkit.value.Architecture;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The root of the tiny guest: made of unpacked packages and our own scripts, kept in memory.
 *
 * <pre>
 * /init → busybox init: /etc/rc, guest agent, DHCP client, ACPI power button, shell on the console
 * </pre>
 */
final class TinyRoot {
  /** Loaded before anything else starts, in this order. */
  private static final List<String> FIRST_MODULES =
      List.of(
          "virtio_pci",
          "virtio_mmio",
          "virtio_console",
          "virtio_rng",
          "virtio_blk",
          "virtio_net",
          "evdev",
          "button",
          "crc32c_generic",
          "ext4",
          "isofs");

  /** Loaded once the guest is ready. */
  private static final List<String> SECOND_MODULES =
      List.of("virtio_scsi", "sd_mod", "sr_mod", "virtio_balloon", "virtiofs", "nvme", "vfat");

  private static final List<String> DIRECTORIES =
      List.of(
          "bin",
          "dev",
          "etc",
          "etc/acpi",
          "etc/acpi/PWRF",
          "lib",
          "lib/modules",
          "lib/modules/first",
          "lib/modules/second",
          "lib64",
          "mnt",
          "proc",
          "root",
          "run",
          "sbin",
          "sys",
          "tmp",
          "usr",
          "usr/bin",
          "usr/lib",
          "usr/sbin",
          "var",
          "var/lib",
          "var/log");

  /** Our own files by where they go; every one is a script but /etc/inittab. */
  private static final Map<String, String> SCRIPTS =
      Map.of(
          "init", "init",
          "etc/inittab", "inittab",
          "etc/rc", "rc",
          "etc/udhcpc.script", "udhcpc.script",
          "etc/acpi/PWRF/00000080", "power-button",
          "sbin/shutdown", "shutdown",
          "usr/sbin/guest-agent", "guest-agent",
          "usr/sbin/dhcp-client", "dhcp-client",
          "usr/sbin/more-modules", "more-modules");

  private static final Map<String, String> LINKS =
      Map.of(
          "bin/sh", "busybox",
          "sbin/poweroff", "shutdown",
          "sbin/reboot", "shutdown",
          "sbin/halt", "shutdown",
          "var/run", "../run");

  private static final List<String> PROGRAMS =
      List.of("bin/busybox", "usr/sbin/qemu-ga", "usr/bin/script");

  private final Path packages;
  private final Architecture architecture;
  private final CommandRunner runner;

  /** Takes packages that were unpacked into one directory. */
  TinyRoot(Path packages, Architecture architecture, CommandRunner runner) {
    this.packages = packages;
    this.architecture = architecture;
    this.runner = runner;
  }

  /** {@return all scripts in one text, which is a part of the recipe} */
  static String scripts() {
    StringBuilder all = new StringBuilder();
    new TreeMap<>(SCRIPTS)
        .forEach((path, resource) -> all.append(path).append('\n').append(script(resource)));
    return all.append(FIRST_MODULES).append(SECOND_MODULES).toString();
  }

  private static String script(String resource) {
    return Resources.text("tiny/" + resource);
  }

  /** Writes the root as an initial RAM disk. */
  void writeTo(Path initrd) throws IOException {
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(initrd), 1 << 16);
        CpioWriter cpio = new CpioWriter(file)) {
      for (String directory : DIRECTORIES) {
        cpio.directory(directory, 0755);
      }
      addScripts(cpio);
      addPrograms(cpio);
      addModules(cpio);
    }
  }

  private void addScripts(CpioWriter cpio) throws IOException {
    for (Map.Entry<String, String> each : new TreeMap<>(SCRIPTS).entrySet()) {
      String text = script(each.getValue()).replace("@CONSOLE@", console(architecture));
      cpio.file(each.getKey(), 0755, text.getBytes(StandardCharsets.UTF_8));
    }
    for (Map.Entry<String, String> each : new TreeMap<>(LINKS).entrySet()) {
      cpio.symlink(each.getKey(), each.getValue());
    }
    cpio.file(
        "etc/passwd", 0644, "root:x:0:0:root:/root:/bin/sh\n".getBytes(StandardCharsets.UTF_8));
    cpio.file("etc/group", 0644, "root:x:0:\n".getBytes(StandardCharsets.UTF_8));
  }

  /** {@return the serial port that the guest's kernel has for its console} */
  static String console(Architecture architecture) {
    return architecture == Architecture.X86_64 ? "ttyS0" : "ttyAMA0";
  }

  private void addPrograms(CpioWriter cpio) throws IOException {
    List<Path> programs = new ArrayList<>();
    for (String name : PROGRAMS) {
      // Since the merge of /bin into /usr/bin a package may have it at either place.
      Path program = packages.resolve(name);
      if (!Files.exists(program)) {
        program = packages.resolve("usr").resolve(name);
      }
      programs.add(program);
      cpio.file(name, 0755, program);
    }
    String libraries = "lib/" + multiarch();
    cpio.directory(libraries, 0755);
    for (Map.Entry<String, Path> library :
        new SharedLibraries(packages).neededBy(programs).entrySet()) {
      cpio.file(libraries + "/" + library.getKey(), 0755, library.getValue());
      if (library.getKey().startsWith("ld-")) {
        String home = architecture == Architecture.X86_64 ? "lib64/" : "lib/";
        cpio.symlink(home + library.getKey(), "/" + libraries + "/" + library.getKey());
      }
    }
  }

  private String multiarch() {
    return architecture.qemuName() + "-linux-gnu";
  }

  private void addModules(CpioWriter cpio) throws IOException {
    Path lib =
        Files.isDirectory(packages.resolve("lib/modules")) ? packages : packages.resolve("usr");
    KernelModules modules = new KernelModules(runner, lib.resolve("lib/modules"));
    Set<Path> first = modules.inLoadOrder(FIRST_MODULES);
    Set<Path> second = modules.inLoadOrder(SECOND_MODULES);
    second.removeAll(first);
    addModules(cpio, "lib/modules/first", first);
    addModules(cpio, "lib/modules/second", second);
  }

  /** Numbers the modules, since the scripts load them in the order of their names. */
  private static void addModules(CpioWriter cpio, String directory, Collection<Path> modules)
      throws IOException {
    int number = 0;
    for (Path module : modules) {
      String name =
          String.format(Locale.ROOT, "%s/%03d-%s", directory, number++, module.getFileName());
      cpio.file(name, 0644, module);
    }
  }
}
