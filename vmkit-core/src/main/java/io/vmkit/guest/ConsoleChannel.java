package io.vmkit.guest;

import java.io.IOException;

/**
 * The two directions of a serial console, as a driver gives them. Owned by one {@link ConsoleHub}.
 */
public interface ConsoleChannel extends AutoCloseable {
  /**
   * Waits for bytes from the guest.
   *
   * @param buffer takes them
   * @return how many came; -1 at the end
   * @throws IOException when the connection is lost
   */
  int read(byte[] buffer) throws IOException;

  /**
   * Sends bytes to the guest.
   *
   * @param bytes what to send
   * @throws IOException when the connection is lost
   */
  void write(byte[] bytes) throws IOException;

  /** Ends the connection; a reader gets -1. */
  @Override
  void close();
}
