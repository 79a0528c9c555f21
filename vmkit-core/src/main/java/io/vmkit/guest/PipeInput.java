package io.vmkit.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** Both outputs of a pipe as one stream. Interruptible. */
final class PipeInput extends InputStream {
  private final ChunkPipe pipe;
  private byte[] chunk = new byte[0];
  private int position;
  private boolean ended;

  PipeInput(ChunkPipe pipe) {
    this.pipe = pipe;
  }

  @Override
  public synchronized int available() {
    return chunk.length - position;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended && position == chunk.length) {
      next();
    }
    if (ended) {
      return -1;
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, target, offset, count);
    position += count;
    return count;
  }

  private void next() throws IOException {
    try {
      ChunkPipe.Chunk next = pipe.take(Long.MAX_VALUE);
      if (next == null || next.source() == ChunkPipe.Source.END) {
        ended = true;
      } else {
        chunk = next.bytes();
        position = 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading a terminal");
    }
  }
}
