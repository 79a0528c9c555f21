package io.vmkit.guest;

import java.io.IOException;
import java.io.OutputStream;

/** Streams for tests. */
final class OutputStreams {
  /** Fails at the first byte. */
  static final OutputStream REFUSING =
      new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          throw new IOException("not wanted here");
        }
      };

  private OutputStreams() {}
}
