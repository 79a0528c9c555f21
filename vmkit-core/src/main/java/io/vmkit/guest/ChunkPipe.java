package io.vmkit.guest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries a channel's output from the thread that reads the connection to the one that waits for
 * it. Holds about 8 MiB; a fuller pipe holds up the connection.
 */
final class ChunkPipe {
  /** At most 32 KiB each: jsch's limit for a packet. */
  private static final int CHUNKS = 256;

  private static final long CHECK_MILLIS = 50;

  enum Source {
    STDOUT,
    STDERR,
    END
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Chunk(Source source, byte[] bytes) {}

  private static final Chunk LAST = new Chunk(Source.END, new byte[0]);

  private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>(CHUNKS);
  private volatile boolean abandoned;

  /** Where a channel writes its standard output; closing it means nothing. */
  OutputStream stdout() {
    return new Entrance(Source.STDOUT, null);
  }

  /** Where a channel writes its standard error. jsch closes it only when the channel has ended. */
  OutputStream stderr() {
    return new Entrance(Source.STDERR, LAST);
  }

  /** The next chunk; null when none came in time. */
  @Nullable Chunk take(long nanos) throws InterruptedException {
    return chunks.poll(nanos, TimeUnit.NANOSECONDS);
  }

  /** From now on the pipe is at its end for the reader, and the writer never waits. */
  void abandon() {
    abandoned = true;
    chunks.clear();
    chunks.offer(LAST);
  }

  private void put(Chunk chunk) throws IOException {
    try {
      boolean done = false;
      while (!done) {
        done = abandoned || chunks.offer(chunk, CHECK_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the reader was slow");
    }
  }

  private final class Entrance extends OutputStream {
    private final Source source;
    private final @Nullable Chunk last;

    Entrance(Source source, @Nullable Chunk last) {
      this.source = source;
      this.last = last;
    }

    @Override
    public void write(int b) throws IOException {
      put(new Chunk(source, new byte[] {(byte) b}));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      put(new Chunk(source, Arrays.copyOfRange(bytes, offset, offset + length)));
    }

    @Override
    public void close() throws IOException {
      if (last != null) {
        put(last);
      }
    }
  }
}
