package io.vmkit.cloudinit.iso;

import java.nio.ByteBuffer;

/** NM, RRIP 1.12 section 4.1.4: the name, in two entries when one cannot hold it. */
final class NameEntry {
  private static final int HEADER = 5;
  private static final int MAX_CONTENT = 255 - HEADER;
  private static final byte CONTINUE = 1;

  private NameEntry() {}

  static int length(byte[] name) {
    return name.length + HEADER * (name.length > MAX_CONTENT ? 2 : 1);
  }

  static void write(ByteBuffer out, byte[] name) {
    int first = Math.min(name.length, MAX_CONTENT);
    put(out, name, 0, first, first < name.length ? CONTINUE : 0);
    if (first < name.length) {
      put(out, name, first, name.length - first, (byte) 0);
    }
  }

  private static void put(ByteBuffer out, byte[] name, int from, int length, byte flags) {
    SystemUse.header(out, 'N', 'M', HEADER + length);
    out.put(flags).put(name, from, length);
  }
}
