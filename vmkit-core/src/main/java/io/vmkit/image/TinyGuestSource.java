package io.vmkit.image;

import io.vmkit.error.HostLacks;
import io.vmkit.process.CommandRunner;
import io.vmkit.progress.Progress;
import io.vmkit.state.DurableFiles;
import io.vmkit.value.Architecture;
import io.vmkit.value.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Kernel, busybox and guest agent of the host's distribution in an initial RAM disk. */
final class TinyGuestSource implements ImageSource {
  private static final String RECIPE_VERSION = "tiny 1";

  /** A library, and the kernel's own packages behind the one that follows the newest kernel. */
  private static final Predicate<String> WANTED =
      Pattern.compile("lib(?!.*-perl).*|linux-(image|modules)-\\d.*").asMatchPredicate();

  private static final int STEPS = 2;

  private final CommandRunner runner;
  private final Architecture architecture;

  TinyGuestSource(CommandRunner runner, Architecture architecture) {
    this.runner = runner;
    this.architecture = architecture;
  }

  @Override
  public String label() {
    return "tiny";
  }

  @Override
  public Image obtain(ImageStore store, Progress progress) {
    String recipe = RECIPE_VERSION + architecture + commandLine() + TinyRoot.scripts();
    Digest key = Digest.sha256(recipe.getBytes(StandardCharsets.UTF_8));
    return store.obtain(label(), key, directory -> make(directory, key, progress));
  }

  private Image make(Path directory, Digest key, Progress progress) throws IOException {
    Path kernel = directory.resolve("vmlinuz");
    Path initrd = directory.resolve("initrd");
    Path downloads = Files.createDirectory(directory.resolve("packages"));
    Path root = Files.createDirectory(directory.resolve("root"));
    try (Progress.Task task =
        progress.begin("make the tiny guest", OptionalLong.of(STEPS), "steps")) {
      String kernelPackage = kernelPackage();
      task.note("fetching " + kernelPackage + ", busybox and the guest agent");
      new AptPackages(runner, downloads)
          .unpack(
              List.of(kernelPackage, "busybox-static", "qemu-guest-agent", "bsdutils"),
              WANTED,
              root);
      task.done(1);
      new TinyRoot(root, architecture, runner).writeTo(initrd);
      Files.move(kernelIn(root), kernel);
      DurableFiles.removeTree(downloads);
      DurableFiles.removeTree(root);
      task.done(STEPS);
    }
    return new Image(
        label(),
        key.hex(),
        architecture,
        Optional.empty(),
        Optional.of(new KernelBoot(kernel, initrd, commandLine())));
  }

  /**
   * Lines below "notice" are kept from the serial port, which is slow when emulated; so are, of a
   * guest that runs nothing foreign, the processor's mitigations.
   */
  private String commandLine() {
    return "console="
        + TinyRoot.console(architecture)
        + " panic=-1 edd=off loglevel=6 mitigations=off random.trust_cpu=on";
  }

  private String kernelPackage() {
    String release = OsRelease.ofHost().id();
    return switch (release) {
      case "debian" -> "linux-image-cloud-" + architecture.debianName();
      case "ubuntu" -> "linux-image-virtual";
      default ->
          throw new HostLacks(
              "make the tiny guest",
              "it is made of packages of Debian or Ubuntu, and this is " + release,
              "run on one of these, or use ImageSource.url");
    };
  }

  private static Path kernelIn(Path root) throws IOException {
    try (Stream<Path> boot = Files.list(root.resolve("boot"))) {
      return boot.filter(file -> String.valueOf(file.getFileName()).startsWith("vmlinuz-"))
          .findFirst()
          .orElseThrow(() -> new UncheckedIOException(new IOException("no kernel in its package")));
    }
  }
}
