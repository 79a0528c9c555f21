package io.vmkit.process;

import java.util.function.Consumer;

/** Runs programs on the host. Thread-safe. */
public interface CommandRunner {
  /** {@return the runner of this host} */
  static CommandRunner system() {
    return new ExecRunner();
  }

  /**
   * Runs a program to its end. Interruptible; an interrupt or a time-out kills the program with all
   * its descendants.
   *
   * @param command what to run
   * @return how it ended, whatever its exit code
   * @throws io.vmkit.error.CommandFailed when it could not be started
   * @throws io.vmkit.error.DeadlineExceeded when its time ran out
   * @throws io.vmkit.error.OperationInterrupted when the thread was interrupted
   */
  default CommandResult run(Command command) {
    return run(command, line -> {});
  }

  /**
   * Runs a program to its end and passes on what it prints as it prints it. Otherwise as {@link
   * #run(Command)}.
   *
   * @param command what to run
   * @param lines takes each line of either output stream, without its end; called by threads of the
   *     runner, one line at a time
   * @return how it ended, whatever its exit code
   */
  CommandResult run(Command command, Consumer<String> lines);
}
