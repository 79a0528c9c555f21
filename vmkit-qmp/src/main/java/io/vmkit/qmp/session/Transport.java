package io.vmkit.qmp.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A connected byte stream, both ways at once: one thread may read while another writes. {@code
 * toString} names the peer, for messages.
 */
public interface Transport extends AutoCloseable {
  /**
   * Waits for bytes and takes what there is. Not interruptible; {@link #close} wakes it.
   *
   * @param target takes at least one byte
   * @return how many bytes came, or -1 when the peer or we have closed
   * @throws IOException when the connection is broken
   */
  int read(ByteBuffer target) throws IOException;

  /**
   * Writes until nothing remains, the time is up or the thread is interrupted (its flag stays set);
   * {@code source.remaining()} tells how far it came.
   *
   * @param source what to write
   * @param timeout how long the peer may leave its side full
   * @throws IOException when the connection is broken or closed
   */
  void write(ByteBuffer source, Duration timeout) throws IOException;

  /** Ends the connection and wakes whoever reads or writes. Does nothing the second time. */
  @Override
  void close();
}
