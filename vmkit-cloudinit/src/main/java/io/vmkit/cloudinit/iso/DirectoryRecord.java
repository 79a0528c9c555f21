package io.vmkit.cloudinit.iso;

import java.nio.ByteBuffer;

/** A directory record without its system use field, ECMA-119 9.1. */
final class DirectoryRecord {
  /** Even, as records must be, and told in one byte. */
  static final int MAX_LENGTH = 254;

  /** Bytes before the identifier. */
  private static final int FIXED = 33;

  static final int FLAG_DIRECTORY = 0x02;
  static final int FLAG_MULTI_EXTENT = 0x80;

  private DirectoryRecord() {}

  /**
   * The length of a record: a pad byte makes the system use field start, and end, at an even place.
   */
  static int length(int identifierLength, int systemUseLength) {
    int start = even(FIXED + identifierLength);
    return start + even(systemUseLength);
  }

  private static int even(int length) {
    return length + (length & 1);
  }

  /** Writes the fields and leaves the buffer where the system use field starts. */
  static void write(
      ByteBuffer out,
      byte[] identifier,
      int systemUse,
      long sector,
      long bytes,
      int flags,
      byte[] time) {
    out.put((byte) length(identifier.length, systemUse)).put((byte) 0);
    Fields.both32(out, sector);
    Fields.both32(out, bytes);
    out.put(time).put((byte) flags).put((byte) 0).put((byte) 0);
    Fields.both16(out, 1);
    out.put((byte) identifier.length).put(identifier);
    if ((identifier.length & 1) == 0) {
      out.put((byte) 0);
    }
  }
}
