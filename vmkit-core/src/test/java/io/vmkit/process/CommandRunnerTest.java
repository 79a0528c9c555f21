package io.vmkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.CommandFailed;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.OperationInterrupted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunnerTest {
  private final CommandRunner runner = CommandRunner.system();

  @Property(tries = 60)
  void everyArgumentReachesTheProgramUnchanged(@ForAll("arguments") List<String> arguments) {
    Command command =
        Command.of("printf", "%s\\0").args(arguments.isEmpty() ? List.of("") : arguments).build();
    String expected = String.join("\0", arguments) + "\0";
    assertThat(runner.run(command).output()).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<String>> arguments() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars("äß€\n\t\"'\\$ ")
        .ofMaxLength(30)
        .list()
        .ofMaxSize(5);
  }

  @Test
  void inputEnvironmentAndDirectoryAreGiven(@TempDir Path directory) {
    Command command =
        Command.of("sh", "-c", "cat; echo $GREETING; pwd")
            .input("typed\n".getBytes(StandardCharsets.UTF_8))
            .environment("GREETING", "hello")
            .directory(directory)
            .build();
    assertThat(runner.run(command).output().lines())
        .containsExactly("typed", "hello", directory.toString());
  }

  @Test
  void exitCodesAndErrorOutputAreKept() {
    CommandResult result = runner.run(Command.of("sh", "-c", "echo broken >&2; exit 3").build());
    assertThat(result.exitCode()).isEqualTo(3);
    assertThatThrownBy(() -> result.orThrow("mend it"))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("exit code 3, it said: broken; mend it");
  }

  @Test
  void aMissingProgramIsNamed() {
    assertThatThrownBy(() -> runner.run(Command.of("no-such-program-here").build()))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("check that no-such-program-here is installed");
  }

  @Test
  void ofLongOutputTheEndIsKept() {
    Command command = Command.of("seq", "1", "100000").outputLimit(100).build();
    assertThat(runner.run(command).output()).endsWith("99999\n100000\n").hasSize(101);
  }

  @Test
  void linesArePassedOnWhileTheProgramRuns() throws Exception {
    BlockingQueue<String> lines = new ArrayBlockingQueue<>(10);
    AtomicReference<CommandResult> result = new AtomicReference<>();
    Thread running =
        new Thread(
            () ->
                result.set(
                    runner.run(
                        Command.of("sh", "-c", "echo first; read x; echo \"$x\"")
                            .input(new byte[0])
                            .build(),
                        lines::add)));
    running.start();
    assertThat(lines.poll(10, TimeUnit.SECONDS)).isEqualTo("first");
    running.join(10_000);
    assertThat(result.get().output()).isEqualTo("first\n\n");
  }

  @Test
  void aProgramThatOverstaysIsKilledWithItsDescendants() {
    List<String> pids = new CopyOnWriteArrayList<>();
    Command command =
        Command.of("sh", "-c", "sleep 1000 & echo $!; echo $$; wait")
            .timeout(Duration.ofMillis(500))
            .build();
    assertThatThrownBy(() -> runner.run(command, pids::add))
        .isInstanceOf(DeadlineExceeded.class)
        .hasMessageContaining("sleep 1000");
    assertThat(pids).hasSize(2);
    assertAllEnd(pids);
  }

  @Test
  void anInterruptKillsTheProgram() throws Exception {
    BlockingQueue<String> pids = new ArrayBlockingQueue<>(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread running =
        new Thread(
            () -> {
              try {
                runner.run(Command.of("sh", "-c", "echo $$; exec sleep 1000").build(), pids::add);
              } catch (OperationInterrupted e) {
                thrown.set(e);
              }
            });
    running.start();
    String pid = pids.poll(10, TimeUnit.SECONDS);
    running.interrupt();
    running.join(10_000);
    assertThat(thrown.get()).isInstanceOf(OperationInterrupted.class);
    assertAllEnd(List.of(String.valueOf(pid)));
  }

  private static void assertAllEnd(List<String> pids) {
    for (String pid : pids) {
      boolean ended =
          HostProcess.find(Long.parseLong(pid))
              .map(process -> process.awaitEnd(Duration.ofSeconds(10)))
              .orElse(true);
      assertThat(ended).as("process %s ended", pid).isTrue();
    }
  }

  @Test
  void secretsAreNotPrinted() {
    Command command = Command.of("login", "--as", "it's me").secret("hunter2").build();
    assertThat(command).hasToString("login --as 'it'\\''s me' ***");
    assertThat(command.argv()).containsExactly("login", "--as", "it's me", "hunter2");
  }

  @Test
  void whatNoProgramCouldReceiveIsRefused() {
    assertThatThrownBy(() -> Command.of("echo", "a\0b")).isInstanceOf(InvalidSpec.class);
    assertThatThrownBy(() -> Command.of("")).isInstanceOf(InvalidSpec.class);
    assertThatThrownBy(() -> Command.of("echo").timeout(Duration.ZERO))
        .isInstanceOf(InvalidSpec.class);
  }

  @Test
  void aReusedProcessIdIsNotTheSameProcess() {
    HostProcess self = HostProcess.current();
    assertThat(self.isAlive()).isTrue();
    assertThat(new HostProcess(self.pid(), self.startTicks() + 1).isAlive()).isFalse();
    assertThat(HostProcess.find(Integer.MAX_VALUE)).isEmpty();
  }
}
