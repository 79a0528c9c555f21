package io.vmkit.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts both streams into lines, each stream for itself. */
final class LineSink implements OutputSink {
  /** A longer line is passed on in pieces of this size, in bytes. */
  private static final int LONGEST_LINE = 64 * 1024;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  LineSink(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void stdout(byte[] bytes) {
    cut(out, bytes);
  }

  @Override
  public void stderr(byte[] bytes) {
    cut(err, bytes);
  }

  @Override
  public void end() {
    passOnRest(out);
    passOnRest(err);
  }

  private void cut(ByteArrayOutputStream line, byte[] bytes) {
    for (byte b : bytes) {
      if (b == '\n' || line.size() >= LONGEST_LINE) {
        passOn(line);
      }
      if (b != '\n') {
        line.write(b);
      }
    }
  }

  private void passOnRest(ByteArrayOutputStream line) {
    if (line.size() > 0) {
      passOn(line);
    }
  }

  private void passOn(ByteArrayOutputStream line) {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}
