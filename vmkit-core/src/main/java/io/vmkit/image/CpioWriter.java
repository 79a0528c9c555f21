package io.vmkit.image;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes the archive that Linux unpacks as its initial root: cpio "newc", see
 * Documentation/driver-api/early-userspace/buffer-format.rst. Everything belongs to root and bears
 * no time, so equal content gives equal bytes. Directories must be added before what they hold.
 */
final class CpioWriter implements Closeable {
  private static final String MAGIC = "070701";
  private static final String TRAILER = "TRAILER!!!";
  private static final int HEADER_LENGTH = 110;
  private static final long LARGEST_FILE = 0xFFFF_FFFFL;

  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int SYMLINK = 0120000;

  private final OutputStream out;
  private long position;
  private int lastInode;

  CpioWriter(OutputStream out) {
    this.out = out;
  }

  /** Adds a directory; mode as in {@code 0755}. */
  void directory(String name, int mode) throws IOException {
    header(name, DIRECTORY | mode, 2, 0);
  }

  /** Adds a file with this content. */
  void file(String name, int mode, byte[] content) throws IOException {
    header(name, REGULAR | mode, 1, content.length);
    write(content);
    align();
  }

  /** Adds a file with the content of another, which must not change meanwhile. */
  void file(String name, int mode, Path content) throws IOException {
    long size = Files.size(content);
    if (size > LARGEST_FILE) {
      throw new IOException(content + " is too large for cpio");
    }
    header(name, REGULAR | mode, 1, size);
    long copied = Files.copy(content, out);
    if (copied != size) {
      throw new IOException(content + " changed its size while it was read");
    }
    position += copied;
    align();
  }

  /** Adds a symbolic link. */
  void symlink(String name, String target) throws IOException {
    byte[] content = target.getBytes(StandardCharsets.UTF_8);
    header(name, SYMLINK | 0777, 1, content.length);
    write(content);
    align();
  }

  /** Ends the archive and closes the stream under it. */
  @Override
  public void close() throws IOException {
    try (out) {
      lastInode = -1;
      header(TRAILER, 0, 1, 0);
    }
  }

  private void header(String name, int mode, int links, long size) throws IOException {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    lastInode++;
    StringBuilder header = new StringBuilder(HEADER_LENGTH).append(MAGIC);
    hex(header, lastInode);
    hex(header, mode);
    hex(header, 0); // uid
    hex(header, 0); // gid
    hex(header, links);
    hex(header, 0); // mtime
    hex(header, size);
    hex(header, 0); // device, major
    hex(header, 0); // device, minor
    hex(header, 0); // special device, major
    hex(header, 0); // special device, minor
    hex(header, nameBytes.length + 1L);
    hex(header, 0); // checksum, unused
    write(header.toString().getBytes(StandardCharsets.US_ASCII));
    write(nameBytes);
    write(new byte[1]);
    align();
  }

  private static void hex(StringBuilder header, long value) {
    header.append(String.format(Locale.ROOT, "%08X", value));
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  /** Headers and contents each begin at a multiple of four. */
  private void align() throws IOException {
    write(new byte[(int) (-position & 3)]);
  }
}
