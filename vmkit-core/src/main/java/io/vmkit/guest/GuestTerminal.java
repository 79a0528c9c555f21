package io.vmkit.guest;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * An interactive session in a guest on a pseudo-terminal. Thread-safe; the streams are for one
 * reader and one writer.
 */
public interface GuestTerminal extends AutoCloseable {
  /** {@return what the session prints; ends when the session ends} */
  InputStream output();

  /** {@return what is typed into the session; each flush sends it} */
  OutputStream input();

  /**
   * Changes the size; programs in the session are told (SIGWINCH).
   *
   * @param columns the width in characters
   * @param rows the height in characters
   */
  void resize(int columns, int rows);

  /**
   * Waits until the session has ended.
   *
   * @param timeout how long to wait
   * @return the exit status of the session's shell; 128 + n when signal n killed it
   * @throws io.vmkit.error.DeadlineExceeded when it still runs then
   * @throws io.vmkit.error.ProtocolFailure when the connection was lost
   * @throws io.vmkit.error.OperationInterrupted when the thread was interrupted
   */
  int awaitExit(Duration timeout);

  /** Ends the session as hanging up does. Does nothing the second time. */
  @Override
  void close();
}
