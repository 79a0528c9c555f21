package io.vmkit.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmkit.Vmkit;
import io.vmkit.image.Image;
import io.vmkit.image.ImageSource;
import io.vmkit.image.ImageStore;
import io.vmkit.process.HostProcess;
import io.vmkit.progress.Progress;
import io.vmkit.spec.DomainSpec;
import io.vmkit.state.DurableFiles;
import io.vmkit.state.StateDirectory;
import io.vmkit.state.StateLayout;
import io.vmkit.value.MemorySize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A state directory of a test's own. When it is closed no QEMU of it may run any more and no
 * machine may be left; otherwise the test fails, and what was left is cleared all the same.
 */
final class TestState implements AutoCloseable {
  private final Path root;
  private final List<Vmkit> opened = new ArrayList<>();

  private TestState(Path root) {
    this.root = root;
  }

  /** Not JUnit's own, whose long names leave little of a socket's 107 bytes. */
  static TestState make() {
    try {
      return new TestState(Files.createTempDirectory("vmkit-it"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A directory that exists already. */
  static TestState at(Path root) {
    return new TestState(root);
  }

  /** The class path of this test run, as another JVM needs it. */
  static String classPath() {
    // Surefire's own property: what java.class.path says is a jar with a manifest alone.
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  Path root() {
    return root;
  }

  StateLayout layout() {
    return new StateLayout(root);
  }

  Vmkit open() {
    return keep(QemuDriver.in(root));
  }

  Vmkit openWith(Path program) {
    return keep(QemuDriver.in(StateDirectory.at(root), Optional.of(program)));
  }

  private Vmkit keep(QemuDriver driver) {
    Vmkit vmkit = Vmkit.over(driver);
    opened.add(vmkit);
    return vmkit;
  }

  static DomainSpec.Builder tiny(String name) {
    return DomainSpec.named(name).image(tinyImage()).memory(MemorySize.mib(256));
  }

  static Image tinyImage() {
    Path cache = Path.of(System.getProperty("vmkit.test.cache", "target/test-cache"));
    return ImageSource.tinyGuest().obtain(ImageStore.in(cache.resolve("images")), Progress.none());
  }

  /** Everything below the state directory, relative to it; locks, which stay, left out. */
  List<String> files() {
    try (Stream<Path> all = Files.walk(root)) {
      return all.map(path -> root.relativize(path).toString())
          .filter(path -> !path.isEmpty() && !path.startsWith("locks"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is there of machines, whole or not. */
  List<String> machineFiles() {
    return files().stream().filter(path -> path.startsWith("vms/")).toList();
  }

  /** QEMU's processes whose command line names this directory. */
  List<HostProcess> qemus() {
    return ProcessHandle.allProcesses()
        .filter(process -> commandLine(process).contains("-pidfile\0" + root))
        .flatMap(process -> HostProcess.find(process.pid()).stream())
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException e) {
      return ""; // It has ended.
    }
  }

  @Override
  public void close() {
    try {
      opened.forEach(Vmkit::close);
      assertThat(qemus()).as("QEMU left running").isEmpty();
      assertThat(machineFiles()).as("left of machines").isEmpty();
    } finally {
      qemus().forEach(HostProcess::kill);
      qemus().forEach(left -> left.awaitEnd(Duration.ofSeconds(30)));
      DurableFiles.removeTree(root);
    }
  }
}
