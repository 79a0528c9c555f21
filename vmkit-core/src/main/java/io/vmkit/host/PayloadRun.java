package io.vmkit.host;

import io.vmkit.error.CommandFailed;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.process.Command;
import io.vmkit.process.CommandResult;
import io.vmkit.process.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How one run of {@link LongModePayload} ended.
 *
 * @param passed whether it came to its end in time, with the right sum
 * @param took how long QEMU ran
 * @param trouble what went wrong, with QEMU's own words; empty when it passed
 */
record PayloadRun(boolean passed, Duration took, String trouble) {
  /**
   * Runs the payload.
   *
   * @param runner runs QEMU
   * @param qemu the system emulator
   * @param accelerator what executes the payload
   * @param payload the file that holds it
   * @param limit how long it may take
   * @return how it ended
   * @throws io.vmkit.error.OperationInterrupted when the thread was interrupted
   */
  static PayloadRun of(
      CommandRunner runner, Path qemu, Accelerator.Kind accelerator, Path payload, Duration limit) {
    Command command = command(qemu, accelerator, payload, limit);
    long start = System.nanoTime();
    try {
      CommandResult result = runner.run(command);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return ended(took, result);
    } catch (DeadlineExceeded e) {
      String said = String.join(" ", e.evidence().bySource().values());
      String trouble = "it did not end in " + limit.toMillis() + " ms" + words(said);
      return new PayloadRun(false, limit, trouble);
    } catch (CommandFailed e) {
      return new PayloadRun(false, Duration.ZERO, e.cameBack());
    }
  }

  private static Command command(
      Path qemu, Accelerator.Kind accelerator, Path payload, Duration limit) {
    return Command.of(qemu.toString())
        .arg("-accel")
        .arg(accelerator.qemuName())
        .arg("-machine")
        .arg("q35")
        .arg("-m")
        .arg(Integer.toString(LongModePayload.MEMORY_MIB))
        .arg("-nodefaults")
        .arg("-no-user-config")
        .arg("-no-reboot")
        .arg("-display")
        .arg("none")
        .arg("-device")
        .arg("isa-debug-exit,iosize=0x04,iobase=" + LongModePayload.EXIT_PORT)
        .arg("-kernel")
        .arg(payload.toString())
        .timeout(limit)
        .build();
  }

  private static PayloadRun ended(Duration took, CommandResult result) {
    if (result.exitCode() == LongModePayload.EXIT_PASSED) {
      return new PayloadRun(true, took, "");
    }
    String trouble =
        result.exitCode() == LongModePayload.EXIT_WRONG
            ? "its result was wrong"
            : "QEMU ended with exit code " + result.exitCode();
    return new PayloadRun(false, took, trouble + words(result.errors()));
  }

  private static String words(String said) {
    return said.isBlank() ? "" : ", QEMU said: " + said.strip();
  }
}
