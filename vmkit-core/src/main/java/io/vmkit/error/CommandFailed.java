package io.vmkit.error;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A host program could not be started, ended with a bad exit code, or was killed. */
public final class CommandFailed extends VmkitException {
  private static final long serialVersionUID = 1L;

  private final String command;
  private final @Nullable Integer exitCode;
  private final String output;

  /**
   * Creates the error.
   *
   * @param command the command line, secrets already redacted
   * @param exitCode its exit code, or null when it did not run
   * @param output the end of what it printed, bounded by the caller
   * @param nextStep what the reader can do about it
   * @param cause the error underneath, or null
   */
  public CommandFailed(
      String command,
      @Nullable Integer exitCode,
      String output,
      String nextStep,
      @Nullable Throwable cause) {
    super("run " + command, outcome(exitCode, output), nextStep, cause);
    this.command = command;
    this.exitCode = exitCode;
    this.output = output;
  }

  private static String outcome(@Nullable Integer exitCode, String output) {
    String how = exitCode == null ? "it did not run" : "exit code " + exitCode;
    return output.isBlank() ? how : how + ", it said: " + output.strip();
  }

  /** {@return the command line, secrets redacted} */
  public String command() {
    return command;
  }

  /** {@return the exit code; empty when the program did not run} */
  public OptionalInt exitCode() {
    return exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);
  }

  /** {@return the end of what the program printed} */
  public String output() {
    return output;
  }
}
