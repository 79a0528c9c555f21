package io.vmkit.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * Takes what a program in a guest prints while it runs. Called by the thread that runs the command,
 * and holds the command up while it works; it must not use the same shell. What it throws ends the
 * command.
 */
public interface OutputSink {
  /**
   * Takes a part of the standard output.
   *
   * @param bytes the bytes, the sink's own from now on
   * @throws IOException when they cannot be passed on
   */
  void stdout(byte[] bytes) throws IOException;

  /**
   * Takes a part of the standard error.
   *
   * @param bytes the bytes, the sink's own from now on
   * @throws IOException when they cannot be passed on
   */
  void stderr(byte[] bytes) throws IOException;

  /**
   * Called once when the program has ended and all its output has been passed on.
   *
   * @throws IOException when something kept back cannot be passed on
   */
  default void end() throws IOException {}

  /**
   * {@return a sink that takes the lines of both streams}
   *
   * @param lines takes each line, without its end, decoded as UTF-8
   */
  static OutputSink lines(Consumer<String> lines) {
    return new LineSink(lines);
  }

  /**
   * {@return a sink that writes the streams' bytes; it closes neither}
   *
   * @param stdout takes the standard output
   * @param stderr takes the standard error
   */
  static OutputSink to(OutputStream stdout, OutputStream stderr) {
    return new OutputSink() {
      @Override
      public void stdout(byte[] bytes) throws IOException {
        stdout.write(bytes);
      }

      @Override
      public void stderr(byte[] bytes) throws IOException {
        stderr.write(bytes);
      }
    };
  }
}
