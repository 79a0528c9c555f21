package io.vmkit.cloudinit.iso;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The primary descriptor (ECMA-119 8.4) and the supplementary one of Joliet (8.5), which differ in
 * type, character set and hierarchy only.
 */
final class VolumeDescriptor {
  private static final byte PRIMARY = 1;
  private static final byte SUPPLEMENTARY = 2;
  private static final byte TERMINATOR = (byte) 255;

  /** UCS-2 level 3, Joliet 1995 "Escape sequences". */
  private static final String UCS2_LEVEL_3 = "%/E";

  /** Joliet volume identifiers: 32 bytes in UCS-2. */
  private static final int JOLIET_LABEL = 16;

  private final IsoImage image;
  private final Layout layout;
  private final Hierarchy hierarchy;
  private final Charset charset;

  VolumeDescriptor(IsoImage image, Layout layout, Hierarchy hierarchy) {
    this.image = image;
    this.layout = layout;
    this.hierarchy = hierarchy;
    this.charset = hierarchy.joliet() ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII;
  }

  void write(ByteBuffer out) {
    header(out, hierarchy.joliet() ? SUPPLEMENTARY : PRIMARY);
    out.put((byte) 0);
    text(out, "", 32);
    text(out, label(), 32);
    out.putLong(0);
    Fields.both32(out, layout.volumeSectors());
    out.put(escapes());
    Fields.both16(out, 1);
    Fields.both16(out, 1);
    Fields.both16(out, Fields.SECTOR);
    writePathTables(out);
    writeRoot(out);
    text(out, "", 128); // volume set
    text(out, "", 128); // publisher
    text(out, "", 128); // data preparer
    text(out, "VMKIT", 128);
    text(out, "", 37 * 3); // copyright, abstract and bibliographic files: none
    writeTimes(out);
    out.put((byte) 1).put((byte) 0);
  }

  /** ECMA-119 8.3. */
  static void writeTerminator(ByteBuffer out) {
    header(out, TERMINATOR);
  }

  private static void header(ByteBuffer out, byte type) {
    out.put(type).put("CD001".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
  }

  private String label() {
    String label = image.label();
    return hierarchy.joliet() && label.length() > JOLIET_LABEL
        ? label.substring(0, JOLIET_LABEL)
        : label;
  }

  private byte[] escapes() {
    byte[] field = new byte[32];
    if (hierarchy.joliet()) {
      byte[] escape = UCS2_LEVEL_3.getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(escape, 0, field, 0, escape.length);
    }
    return field;
  }

  private void writePathTables(ByteBuffer out) {
    Fields.both32(out, hierarchy.pathTableLength());
    out.putInt(Integer.reverseBytes((int) layout.pathTable(hierarchy, false))).putInt(0);
    out.putInt((int) layout.pathTable(hierarchy, true)).putInt(0);
  }

  private void writeRoot(ByteBuffer out) {
    DirectoryRecord.write(
        out,
        new byte[1],
        0,
        hierarchy.sector(0),
        hierarchy.length(0),
        DirectoryRecord.FLAG_DIRECTORY,
        Fields.shortTime(image.timestamp()));
  }

  /** Creation and modification; no expiration, effective at once: digits zero. */
  private void writeTimes(ByteBuffer out) {
    byte[] time = Fields.longTime(image.timestamp());
    byte[] none = "0000000000000000\0".getBytes(StandardCharsets.US_ASCII);
    out.put(time).put(time).put(none).put(none);
  }

  /** A text field filled with spaces, of the descriptor's character set; an odd byte stays zero. */
  private void text(ByteBuffer out, String text, int length) {
    byte[] space = " ".getBytes(charset);
    int end = out.position() + length;
    out.put(text.getBytes(charset));
    while (end - out.position() >= space.length) {
      out.put(space);
    }
    out.position(end);
  }
}
