package io.vmkit.cloudinit.iso;

import java.nio.ByteBuffer;

/** The path table of a hierarchy, ECMA-119 9.4; once in each byte order. */
final class PathTable {
  private PathTable() {}

  static int recordLength(int identifierLength) {
    return 8 + identifierLength + (identifierLength & 1);
  }

  static void write(ByteBuffer out, Hierarchy hierarchy, boolean bigEndian) {
    for (int number = 0; number < hierarchy.size(); number++) {
      byte[] identifier = hierarchy.identifier(hierarchy.directory(number));
      int sector = (int) hierarchy.sector(number);
      short parent = (short) (hierarchy.parent(number) + 1);
      out.put((byte) identifier.length).put((byte) 0);
      out.putInt(bigEndian ? sector : Integer.reverseBytes(sector));
      out.putShort(bigEndian ? parent : Short.reverseBytes(parent));
      out.put(identifier);
      if ((identifier.length & 1) == 1) {
        out.put((byte) 0);
      }
    }
  }
}
