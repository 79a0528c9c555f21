package io.vmkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.DeadlineExceeded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecRunnerTest {
  @TempDir Path directory;

  @Test
  void timeoutEndsTheProgramAndItsDescendants() throws Exception {
    String script = "echo $$ > pids; sleep 1000 & echo $! >> pids; echo stuck; wait";
    Command command =
        Command.of("sh", "-c", script).directory(directory).timeout(Duration.ofSeconds(1)).build();
    assertThatThrownBy(() -> CommandRunner.system().run(command))
        .isInstanceOfSatisfying(
            DeadlineExceeded.class,
            late -> assertThat(late.evidence().toString()).contains("stuck"));
    List<String> pids = Files.readAllLines(directory.resolve("pids"));
    assertThat(pids).hasSize(2);
    for (String pid : pids) {
      assertEnded(Long.parseLong(pid));
    }
  }

  private static void assertEnded(long pid) throws Exception {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get(10, TimeUnit.SECONDS);
    }
    assertThat(HostProcess.find(pid)).isEmpty();
  }
}
