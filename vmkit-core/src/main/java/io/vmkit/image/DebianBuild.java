package io.vmkit.image;

import io.vmkit.error.CommandFailed;
import io.vmkit.error.HostLacks;
import io.vmkit.error.StorageFault;
import io.vmkit.process.Command;
import io.vmkit.process.CommandResult;
import io.vmkit.process.CommandRunner;
import io.vmkit.progress.Progress;
import io.vmkit.value.Architecture;
import io.vmkit.value.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of mmdebstrap in a namespace of its own.
 *
 * <pre>
 * mmdebstrap → root file system in TMPDIR → finish.sh: clean, initrd, mke2fs -d → disk.raw
 * </pre>
 */
final class DebianBuild {
  private static final String RECIPE_VERSION = "debian 2";
  private static final Duration TIMEOUT = Duration.ofMinutes(30);
  private static final String FILE_SYSTEM_LABEL = "vmkit-root";
  private static final Path KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");

  private static final List<String> PACKAGES =
      List.of(
          "busybox-static",
          "cloud-guest-utils",
          "cloud-init",
          "curl",
          "dbus",
          "iproute2",
          "iputils-ping",
          "kmod",
          "netplan.io",
          "openssh-server",
          "openssh-sftp-server",
          "qemu-guest-agent",
          "rsync",
          "sudo",
          "systemd-resolved",
          "systemd-sysv",
          "systemd-timesyncd",
          "tzdata",
          "udev");

  /** What the guest does without, by path: it halves the time to unpack. */
  private static final List<String> LEFT_OUT =
      List.of("/usr/share/man/*", "/usr/share/locale/*", "/usr/share/doc/*");

  /** Of these: what locale-gen reads, and what the licences ask for. */
  private static final List<String> KEPT =
      List.of("/usr/share/locale/locale.alias", "/usr/share/doc/*/copyright");

  /** The build's own, in the order of their use. */
  private static final List<String> SCRIPTS =
      List.of("prepare.sh", "finish.sh", "init", "locale-gen");

  private final DebianSource source;
  private final Architecture architecture;
  private final CommandRunner runner;
  private final Progress progress;

  DebianBuild(
      DebianSource source, Architecture architecture, CommandRunner runner, Progress progress) {
    this.source = source;
    this.architecture = architecture;
    this.runner = runner;
    this.progress = progress;
  }

  /** {@return everything that decides what the image becomes, but the time and the mirror} */
  String recipe() {
    return String.join(
        "\n",
        RECIPE_VERSION,
        source.suite(),
        architecture.debianName(),
        String.valueOf(include()),
        source.size().toString(),
        commandLine(),
        String.valueOf(LEFT_OUT) + KEPT,
        SCRIPTS.stream().map(DebianBuild::script).collect(Collectors.joining()));
  }

  Image make(Path directory, Digest key) throws IOException {
    RootNamespace.require(runner);
    requireKeyring();
    Path scratch = Files.createDirectory(directory.resolve("scratch"));
    Path sources = scratch.resolve("sources.list");
    Files.writeString(sources, AptSources.forSuite(source.suite()));
    for (String name : SCRIPTS) {
      Files.writeString(scratch.resolve(name), script(name));
    }
    run(directory, scratch, sources);
    OwnedTree.remove(scratch, runner);
    BaseDisk disk = new BaseDisk(directory.resolve("disk.raw"), DiskFormat.RAW, source.size());
    KernelBoot boot =
        new KernelBoot(directory.resolve("vmlinuz"), directory.resolve("initrd"), commandLine());
    return new Image(source.label(), key.hex(), architecture, Optional.of(disk), Optional.of(boot));
  }

  private void run(Path directory, Path scratch, Path sources) {
    Command command =
        RootNamespace.command(HostTool.MMDEBSTRAP.require("make image " + source.label()))
            .args(List.of("--mode=root", "--variant=apt", "--format=null", "--verbose"))
            .arg("--architectures=" + architecture.debianName())
            .arg("--include=" + String.join(",", include()))
            .args(options())
            .arg("--essential-hook=sh \"$VMKIT_SCRIPTS/prepare.sh\" \"$1\"")
            .arg("--customize-hook=sh \"$VMKIT_SCRIPTS/finish.sh\" \"$1\"")
            .args(List.of(source.suite(), "/dev/null", sources.toString()))
            .environment("TMPDIR", scratch.toString())
            .environment("LC_ALL", "C.UTF-8")
            .environment("VMKIT_SCRIPTS", scratch.toString())
            .environment("VMKIT_OUT", directory.toString())
            .environment("VMKIT_BYTES", Long.toString(source.size().bytes()))
            .environment("VMKIT_LABEL", FILE_SYSTEM_LABEL)
            .environment("VMKIT_MKE2FS", HostTool.MKE2FS.require("make image " + source.label()))
            .timeout(TIMEOUT)
            .build();
    try (MmdebstrapProgress watched =
        new MmdebstrapProgress(
            progress.begin(
                "make " + source.label(),
                OptionalLong.of(MmdebstrapProgress.TOTAL),
                MmdebstrapProgress.UNIT))) {
      CommandResult result = runner.run(command, watched::line);
      if (!result.succeeded()) {
        throw failure(result);
      }
    }
  }

  private static RuntimeException failure(CommandResult result) {
    CommandFailed failed =
        new CommandFailed(
            "mmdebstrap",
            result.exitCode(),
            result.errors(),
            "see what it said; often the mirror cannot be reached or a package has another name",
            null);
    return result.errors().contains("No space left on device")
            || result.errors().contains("enough free space")
        ? new StorageFault(
            "make an image by mmdebstrap", "the disk is full", "free 3 GiB and retry", failed)
        : failed;
  }

  private List<String> include() {
    return Stream.of(
            Stream.of("linux-image-cloud-" + architecture.debianName()),
            PACKAGES.stream(),
            source.packages().stream())
        .flatMap(names -> names)
        .distinct()
        .toList();
  }

  private static List<String> options() {
    return Stream.of(
            Stream.of(
                // The disk is made by then, and finish.sh has cleaned what goes into it.
                "--skip=cleanup",
                // Of our own configuration in prepare.sh; a crash loses the whole image anyway.
                "--dpkgopt=force-confold",
                "--dpkgopt=force-unsafe-io",
                "--aptopt=APT::Install-Recommends \"false\"",
                "--aptopt=APT::Sandbox::User \"root\""),
            LEFT_OUT.stream().map(path -> "--dpkgopt=path-exclude=" + path),
            KEPT.stream().map(path -> "--dpkgopt=path-include=" + path))
        .flatMap(options -> options)
        .toList();
  }

  private String commandLine() {
    return "root=LABEL="
        + FILE_SYSTEM_LABEL
        + " ro console="
        + TinyRoot.console(architecture)
        + " panic=-1 edd=off";
  }

  private void requireKeyring() {
    if (!Files.exists(KEYRING)) {
      throw new HostLacks(
          "make image " + source.label(),
          "the keys of Debian's archive are missing",
          "sudo apt-get install debian-archive-keyring");
    }
  }

  private static String script(String name) {
    return Resources.text("debian/" + name);
  }
}
