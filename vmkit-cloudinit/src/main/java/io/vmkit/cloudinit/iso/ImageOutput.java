package io.vmkit.cloudinit.iso;

import io.vmkit.error.StorageFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Sends an image out through one buffer, so that a small one is a single write. */
final class ImageOutput {
  private final ByteBuffer buffer;
  private final WritableByteChannel channel;

  /** The buffer is empty, backed by an array, and holds at least a sector. */
  ImageOutput(ByteBuffer buffer, WritableByteChannel channel) {
    this.buffer = buffer;
    this.channel = channel;
  }

  /** Appends the content of a file and fills its last sector with zeros. */
  void append(FileExtent file) throws IOException {
    if (file.content() instanceof BytesContent content) {
      append(content.bytes());
    } else {
      try (InputStream in = file.content().openStream()) {
        copy(in, file);
      }
    }
    int tail = (int) (file.length() % Fields.SECTOR);
    if (tail != 0) {
      append(new byte[Fields.SECTOR - tail]);
    }
  }

  private void append(byte[] bytes) throws IOException {
    for (int done = 0; done < bytes.length; ) {
      int part = Math.min(bytes.length - done, room());
      buffer.put(bytes, done, part);
      done += part;
    }
  }

  private void copy(InputStream in, FileExtent file) throws IOException {
    for (long left = file.length(); left > 0; ) {
      int part = (int) Math.min(left, room());
      int read = in.read(buffer.array(), buffer.arrayOffset() + buffer.position(), part);
      if (read < 0) {
        throw changed(file, "ended " + left + " bytes early");
      }
      buffer.position(buffer.position() + read);
      left -= read;
    }
    if (in.read() >= 0) {
      throw changed(file, "went on behind its " + file.length() + " bytes");
    }
  }

  private static StorageFault changed(FileExtent file, String fault) {
    return new StorageFault(
        "put '" + file.path() + "' into an ISO image",
        "its content " + fault,
        "do not change a file while it is written");
  }

  /** The bytes that can be put now, at least one. */
  private int room() throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    return buffer.remaining();
  }

  void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }
}
