package io.vmkit.qmp.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A peer in memory: gets each line that is written, and says what the test wants it to say. */
public final class FakeTransport implements Transport {
  private static final byte[] END = {};

  private final LinkedBlockingQueue<byte[]> toClient = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final BiConsumer<FakeTransport, String> onLine;
  private final StringBuilder partial = new StringBuilder();
  private byte[] rest = {};
  private volatile boolean closed;
  private volatile boolean full;

  public FakeTransport() {
    this((peer, line) -> {});
  }

  /** The peer's own behaviour, run on the writer's thread with each line. */
  public FakeTransport(BiConsumer<FakeTransport, String> onLine) {
    this.onLine = onLine;
  }

  /** The peer says something; characters up to 255 stand for bytes. */
  public FakeTransport say(String text) {
    return say(text.getBytes(ISO_8859_1));
  }

  public FakeTransport say(byte[] bytes) {
    if (bytes.length > 0) {
      toClient.add(bytes);
    }
    return this;
  }

  /** The peer goes away. */
  public FakeTransport hangUp() {
    toClient.add(END);
    return this;
  }

  /** The peer takes nothing any more. */
  public void stopTaking() {
    full = true;
  }

  public boolean isClosed() {
    return closed;
  }

  /** The next line that was written to the peer. */
  public String line() throws InterruptedException {
    String line = lines.poll(10, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("nothing was sent");
    }
    return line;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    while (rest.length == 0) {
      try {
        rest = toClient.take();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (rest.length == 0) {
        return -1;
      }
    }
    int count = Math.min(rest.length, target.remaining());
    target.put(rest, 0, count);
    rest = java.util.Arrays.copyOfRange(rest, count, rest.length);
    return count;
  }

  @Override
  public void write(ByteBuffer source, Duration timeout) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    if (full) {
      return;
    }
    synchronized (partial) {
      partial.append(ISO_8859_1.decode(source));
      for (int end = partial.indexOf("\n"); end >= 0; end = partial.indexOf("\n")) {
        String line = partial.substring(0, end);
        partial.delete(0, end + 1);
        lines.add(line);
        onLine.accept(this, line);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    hangUp();
  }

  @Override
  public String toString() {
    return "fake";
  }
}
