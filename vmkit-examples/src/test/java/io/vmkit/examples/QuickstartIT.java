package io.vmkit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vmkit.image.ImageSource;
import io.vmkit.image.ImageStore;
import io.vmkit.progress.Progress;
import io.vmkit.state.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first thing that people run, as they run it. */
class QuickstartIT {
  private static final Path CACHE = Path.of(System.getProperty("vmkit.test.cache"));
  private static final Duration BOOT = DebianGuest.BOOT;
  private static final Duration CLEARING_UP = Duration.ofMinutes(1);

  private Path directory;
  private Path state;
  private ExampleProcess quickstart;

  @BeforeAll
  static void makeImage() {
    ImageSource.debian("bookworm").obtain(ImageStore.in(CACHE.resolve("images")), Progress.none());
  }

  @BeforeEach
  void makeDirectories() throws IOException {
    directory = Files.createTempDirectory("vmkit-it"); // Short: it will hold sockets.
    state = directory.resolve("state");
  }

  @AfterEach
  void removeWhatRuns() throws Exception {
    quickstart.close();
    for (ProcessHandle process : processesIn(directory)) {
      process.destroyForcibly();
    }
    DurableFiles.removeTree(directory);
  }

  @Test
  void makesAMachineAndPutsItAway() throws Exception {
    quickstart = ExampleProcess.start(state, CACHE, "Quickstart");

    assertThat(quickstart.awaitExit(BOOT)).as(quickstart.output()).isZero();
    assertThat(quickstart.output())
        .containsSubsequence("by SSH  : Linux quickstart", "by agent: Linux quickstart")
        .contains(
            "QEMU up",
            "kernel",
            "agent ready",
            "ssh ready",
            "cloud-init init-local",
            "cloud-init finished",
            "cloud-init ready");
    assertThatNothingIsLeft(CACHE);
  }

  @Test
  void aMachineToKeepGoesOnUntilItIsRemoved() throws Exception {
    quickstart = ExampleProcess.start(state, CACHE, "Quickstart", "--keep");
    assertThat(quickstart.awaitExit(BOOT)).as(quickstart.output()).isZero();
    assertThat(processesIn(state)).hasSize(1);

    String config = state.resolve("vms/quickstart/ssh_config").toString();
    assertThat(HostProgram.run("ssh", "-F", config, "quickstart", "hostname"))
        .isEqualTo("quickstart\n");

    quickstart = ExampleProcess.start(state, CACHE, "Quickstart", "--remove");
    assertThat(quickstart.awaitExit(CLEARING_UP)).as(quickstart.output()).isZero();
    assertThatNothingIsLeft(CACHE);
  }

  @Test
  void ctrlCWhileTheImageIsMadeLeavesNothing() throws Exception {
    Path cache = directory.resolve("cache");
    quickstart = ExampleProcess.start(state, cache, "Quickstart");
    quickstart.awaitLine("make debian-bookworm +([5-9]|\\d\\d)%", Duration.ofMinutes(5));
    assertThat(processesIn(cache)).isNotEmpty();

    assertThatCtrlCLeavesNothing(cache);
  }

  @Test
  void ctrlCAsTheMachineStartsLeavesNothing() throws Exception {
    quickstart = ExampleProcess.start(state, CACHE, "Quickstart");
    quickstart.awaitLine("^Starting ", CLEARING_UP);

    assertThatCtrlCLeavesNothing(CACHE);
  }

  @Test
  void ctrlCWhileTheGuestBootsLeavesNothing() throws Exception {
    quickstart = ExampleProcess.start(state, CACHE, "Quickstart");
    awaitOnConsole("Linux version");

    assertThatCtrlCLeavesNothing(CACHE);
  }

  @Test
  void ctrlCWhileAMachineToKeepBootsLeavesNothing() throws Exception {
    quickstart = ExampleProcess.start(state, CACHE, "Quickstart", "--keep");
    awaitOnConsole("systemd\\[1\\]|Welcome to");

    assertThatCtrlCLeavesNothing(CACHE);
  }

  private void awaitOnConsole(String regex) {
    Path log = state.resolve("vms/quickstart/serial.log");
    await()
        .atMost(BOOT)
        .until(
            () ->
                Files.exists(log)
                    && Files.readString(log, StandardCharsets.ISO_8859_1)
                        .matches("(?s).*(" + regex + ").*"));
  }

  private void assertThatCtrlCLeavesNothing(Path cache) throws Exception {
    quickstart.pressCtrlC();

    assertThat(quickstart.awaitExit(CLEARING_UP)).as(quickstart.output()).isNotZero();
    assertThat(quickstart.output()).doesNotContain("\tat ");
    assertThatNothingIsLeft(cache);
  }

  private void assertThatNothingIsLeft(Path cache) throws IOException {
    await().atMost(CLEARING_UP).until(() -> processesIn(directory).isEmpty());
    assertThat(files(state.resolve("vms"))).isEmpty();
    assertThat(files(cache.resolve("images")))
        .filteredOn(file -> file.getFileName().toString().startsWith(".new-"))
        .isEmpty();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /**
   * Processes that were started with a path below a directory, or work or have their root there.
   */
  private static List<ProcessHandle> processesIn(Path directory) throws IOException {
    List<ProcessHandle> found = new ArrayList<>();
    for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
      Path proc = Path.of("/proc", Long.toString(process.pid()));
      try {
        String seen =
            Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                + Files.readSymbolicLink(proc.resolve("cwd"))
                + Files.readSymbolicLink(proc.resolve("root"));
        if (seen.contains(directory.toString())) {
          found.add(process);
        }
      } catch (IOException e) {
        // It has ended, or is another user's.
      }
    }
    return found;
  }
}
