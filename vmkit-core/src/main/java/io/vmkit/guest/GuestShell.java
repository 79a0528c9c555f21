package io.vmkit.guest;

import java.nio.file.Path;

/**
 * A way to work inside a guest: run programs, copy files, open a terminal. {@link SshShell} and
 * {@link AgentShell} do the same by different roads. Thread-safe; commands of several threads run
 * side by side.
 *
 * <p>Waiting is interruptible everywhere: an interrupted command is killed in the guest, and the
 * call throws {@link io.vmkit.error.OperationInterrupted}.
 */
public interface GuestShell extends AutoCloseable {
  /**
   * Runs a program to its end.
   *
   * @param command what to run
   * @return how it ended, whatever its exit code
   * @throws io.vmkit.error.DeadlineExceeded when its time ran out; it was killed with its
   *     descendants, and its output so far is the evidence
   * @throws io.vmkit.error.ProtocolFailure when the connection to the guest was lost; the program
   *     may have run, and is never run a second time
   * @throws io.vmkit.error.OperationInterrupted when the thread was interrupted
   */
  GuestResult run(GuestCommand command);

  /**
   * Runs a program to its end and passes on what it prints as it prints it. Otherwise as {@link
   * #run(GuestCommand)}.
   *
   * @param command what to run
   * @param sink takes the output; what is kept for the result is the same as without it
   * @return how it ended, whatever its exit code
   * @throws io.vmkit.error.StorageFault when the sink failed; the program was killed
   */
  GuestResult run(GuestCommand command, OutputSink sink);

  /**
   * Runs a program with all defaults.
   *
   * @param program the program: a name looked up in the guest's {@code PATH}, or a path
   * @param arguments its arguments, which reach it unchanged
   * @return how it ended, whatever its exit code
   */
  default GuestResult run(String program, String... arguments) {
    return run(GuestCommand.of(program, arguments).build());
  }

  /**
   * Copies a file, a link or a directory with all below it into the guest, as {@code cp -a} would
   * but with the exact final path: an existing file is replaced, an existing directory is merged
   * into. Permission bits and symbolic links are kept; owners and times are not. Content is
   * streamed.
   *
   * @param local what to copy
   * @param remote its absolute path in the guest; the directory above must exist
   * @throws io.vmkit.error.NotFound when there is nothing at {@code local}
   * @throws io.vmkit.error.StorageFault when something cannot be read or written, or is neither
   *     file, link nor directory; what was copied before stays
   */
  void copyTo(Path local, String remote);

  /**
   * Copies a file, a link or a directory with all below it out of the guest. Otherwise as {@link
   * #copyTo}; set-user-ID, set-group-ID and sticky bits are not taken over.
   *
   * @param remote an absolute path in the guest
   * @param local its final path here; the directory above must exist
   * @throws io.vmkit.error.NotFound when there is nothing at {@code remote}
   * @throws io.vmkit.error.StorageFault when something cannot be read or written
   */
  void copyFrom(String remote, Path local);

  /**
   * Reads a whole file; for big ones use {@link #copyFrom}.
   *
   * @param path an absolute path in the guest
   * @return its content
   * @throws io.vmkit.error.NotFound when there is no such file
   * @throws io.vmkit.error.StorageFault when it cannot be read or has more than 64 MiB
   */
  byte[] readFile(String path);

  /**
   * Writes a whole file. It never has more permissions than {@code mode} while it is written, if it
   * is new and the mode is for the owner alone.
   *
   * @param path an absolute path in the guest; an existing file is replaced
   * @param content its content
   * @param mode its permission bits, such as {@code 0644}
   * @throws io.vmkit.error.StorageFault when it cannot be written
   */
  void writeFile(String path, byte[] content, int mode);

  /**
   * Opens an interactive session on a pseudo-terminal of the type {@code xterm-256color}.
   *
   * @param columns its width in characters
   * @param rows its height in characters
   * @return the terminal, open
   * @throws io.vmkit.error.ProtocolFailure when the connection to the guest was lost
   * @throws io.vmkit.error.CommandFailed when the guest has no means to make a terminal
   */
  GuestTerminal openTerminal(int columns, int rows);

  /** Ends the shell and what still runs through it. Does nothing the second time. */
  @Override
  void close();
}
