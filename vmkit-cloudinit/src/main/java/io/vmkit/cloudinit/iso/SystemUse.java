package io.vmkit.cloudinit.iso;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The entries of Rock Ridge in the system use field of a directory record.
 *
 * <p>What the record has no room for (long names, links) goes to a continuation area, and a CE
 * entry stands in its place.
 */
final class SystemUse {
  private static final int SP_LENGTH = 7;
  private static final int CE_LENGTH = 28;
  private static final int PX_LENGTH = 44;
  private static final int TF_LENGTH = 26;
  private static final int ATTRIBUTES = PX_LENGTH + TF_LENGTH;

  /** Modification, access and attribute change, each in the short form: RRIP 1.12, 4.1.6. */
  private static final byte TF_FLAGS = 0x02 | 0x04 | 0x08;

  private static final String ER_ID = "IEEE_P1282";
  private static final String ER_DESCRIPTION =
      "THE IEEE P1282 PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS";
  private static final String ER_SOURCE =
      "PLEASE CONTACT THE IEEE STANDARDS DEPARTMENT, PISCATAWAY, NJ, USA FOR THE P1282"
          + " SPECIFICATION.";

  /** Length of the extensions reference, which the root keeps in the continuation area. */
  static final int ER_LENGTH = 8 + ER_ID.length() + ER_DESCRIPTION.length() + ER_SOURCE.length();

  private final byte[] time;

  SystemUse(Instant timestamp) {
    this.time = Fields.shortTime(timestamp);
  }

  /** Bytes in the record of a child. */
  static int inlineLength(IsoNode child) {
    return ATTRIBUTES + (fits(child) ? namesLength(child) : CE_LENGTH);
  }

  /** Bytes in the continuation area for the record of a child. */
  static int continuedLength(IsoNode child) {
    return fits(child) ? 0 : namesLength(child);
  }

  /** Bytes in the record that a directory has of itself, or of its parent. */
  static int selfLength(boolean rootItself) {
    return ATTRIBUTES + (rootItself ? SP_LENGTH + CE_LENGTH : 0);
  }

  private static boolean fits(IsoNode child) {
    int plain = DirectoryRecord.length(child.identifier(false).length, 0);
    return plain + ATTRIBUTES + namesLength(child) <= DirectoryRecord.MAX_LENGTH;
  }

  private static int namesLength(IsoNode child) {
    byte[] target = child.target();
    return NameEntry.length(child.rockRidgeName())
        + (target == null ? 0 : LinkEntry.length(target));
  }

  /** Writes the entries of a child's record; {@code continuation} counts from the area's start. */
  void write(ByteBuffer out, IsoNode child, int serial, ContinuationArea area) {
    writeAttributes(out, child, serial);
    if (fits(child)) {
      writeNames(out, child);
    } else {
      writeContinuation(out, area, area.offsetOf(child), namesLength(child));
    }
  }

  /** Writes the entries of the records that a directory has of itself and of its parent. */
  void writeSelf(
      ByteBuffer out, IsoNode directory, int serial, boolean rootItself, ContinuationArea area) {
    if (rootItself) {
      writeSharingProtocol(out);
    }
    writeAttributes(out, directory, serial);
    if (rootItself) {
      writeContinuation(out, area, 0, ER_LENGTH);
    }
  }

  static void writeNames(ByteBuffer out, IsoNode child) {
    NameEntry.write(out, child.rockRidgeName());
    byte[] target = child.target();
    if (target != null) {
      LinkEntry.write(out, target);
    }
  }

  /** SP, SUSP 1.12 section 5.3: check bytes, nothing skipped. */
  private static void writeSharingProtocol(ByteBuffer out) {
    header(out, 'S', 'P', SP_LENGTH);
    out.put((byte) 0xBE).put((byte) 0xEF).put((byte) 0);
  }

  /** ER, SUSP 1.12 section 5.5, with the strings of RRIP 1.12 section 4.3. */
  static void writeExtensionsReference(ByteBuffer out) {
    header(out, 'E', 'R', ER_LENGTH);
    out.put((byte) ER_ID.length()).put((byte) ER_DESCRIPTION.length());
    out.put((byte) ER_SOURCE.length()).put((byte) 1);
    out.put((ER_ID + ER_DESCRIPTION + ER_SOURCE).getBytes(StandardCharsets.US_ASCII));
  }

  /** CE, SUSP 1.12 section 5.1: sector, offset in it, length. */
  private static void writeContinuation(
      ByteBuffer out, ContinuationArea area, int offset, int length) {
    header(out, 'C', 'E', CE_LENGTH);
    Fields.both32(out, area.sector() + offset / Fields.SECTOR);
    Fields.both32(out, offset % Fields.SECTOR);
    Fields.both32(out, length);
  }

  /** PX and TF, RRIP 1.12 sections 4.1.1 and 4.1.6: owner and group are root. */
  private void writeAttributes(ByteBuffer out, IsoNode node, int serial) {
    header(out, 'P', 'X', PX_LENGTH);
    Fields.both32(out, node.mode());
    Fields.both32(out, node.links());
    Fields.both32(out, 0);
    Fields.both32(out, 0);
    Fields.both32(out, serial);
    header(out, 'T', 'F', TF_LENGTH);
    out.put(TF_FLAGS).put(time).put(time).put(time);
  }

  /** Signature, length and version 1: SUSP 1.12 section 4. */
  static void header(ByteBuffer out, char first, char second, int length) {
    out.put((byte) first).put((byte) second).put((byte) length).put((byte) 1);
  }
}
