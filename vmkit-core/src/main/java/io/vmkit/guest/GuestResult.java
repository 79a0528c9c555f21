package io.vmkit.guest;

import io.vmkit.error.CommandFailed;

/**
 * How a program in a guest ended.
 *
 * @param command the command line, secrets redacted
 * @param exitCode its exit code; 128 + n when signal n killed it, 127 when there is no such
 *     program, 126 when it cannot be run
 * @param stdout the end of its standard output, decoded as UTF-8
 * @param stderr the end of its standard error, decoded as UTF-8
 */
public record GuestResult(String command, int exitCode, String stdout, String stderr) {
  /** {@return whether the exit code is 0} */
  public boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * {@return this result}
   *
   * @throws CommandFailed when the exit code is not 0
   */
  public GuestResult orThrow() {
    if (!succeeded()) {
      String said = stderr.isBlank() ? stdout : stderr;
      throw new CommandFailed(
          command + " in the guest", exitCode, said, "see what it printed", null);
    }
    return this;
  }
}
