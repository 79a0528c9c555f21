package io.vmkit.process;

import io.vmkit.error.CommandFailed;

/**
 * How a host program ended.
 *
 * @param command the command line, secrets redacted
 * @param exitCode its exit code; 128 + n when signal n killed it
 * @param output the end of its standard output, decoded as UTF-8
 * @param errors the end of its standard error, decoded as UTF-8
 */
public record CommandResult(String command, int exitCode, String output, String errors) {
  /** {@return whether the exit code is 0} */
  public boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * {@return this result}
   *
   * @param nextStep what to do when the program failed, for the error's message
   * @throws CommandFailed when the exit code is not 0
   */
  public CommandResult orThrow(String nextStep) {
    if (!succeeded()) {
      String said = errors.isBlank() ? output : errors;
      throw new CommandFailed(command, exitCode, said, nextStep, null);
    }
    return this;
  }
}
