package io.vmkit.process;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Keeps the end of what is written to it and passes on each line. */
final class OutputTail extends OutputStream {
  /** A longer line is passed on in pieces of this size, in bytes. */
  private static final int LONGEST_LINE = 64 * 1024;

  private final int limit;
  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final byte[] ring;
  private long written;

  OutputTail(int limit, Consumer<String> lines) {
    this.limit = limit;
    this.lines = lines;
    this.ring = new byte[Math.max(1, limit)];
  }

  @Override
  public synchronized void write(int b) {
    if (limit > 0) {
      ring[(int) (written % limit)] = (byte) b;
    }
    written++;
    if (b == '\n' || line.size() >= LONGEST_LINE) {
      passOnLine();
    }
    if (b != '\n') {
      line.write(b);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    for (int i = 0; i < length; i++) {
      write(bytes[offset + i]);
    }
  }

  private void passOnLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }

  /** Passes on the last line if it had no end, and returns all that was kept. */
  synchronized String finish() {
    if (line.size() > 0) {
      passOnLine();
    }
    if (written <= limit) {
      return new String(ring, 0, (int) written, StandardCharsets.UTF_8);
    }
    int oldest = (int) (written % limit);
    ByteArrayOutputStream ordered = new ByteArrayOutputStream(limit);
    ordered.write(ring, oldest, limit - oldest);
    ordered.write(ring, 0, oldest);
    return "…" + ordered.toString(StandardCharsets.UTF_8);
  }
}
