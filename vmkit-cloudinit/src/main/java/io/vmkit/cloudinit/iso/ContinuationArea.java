package io.vmkit.cloudinit.iso;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The place of system use entries that their records have no room for. No entry list crosses a
 * sector.
 */
final class ContinuationArea {
  private final Map<IsoNode, Integer> offsets = new HashMap<>();
  private int used = SystemUse.ER_LENGTH;
  private long sector;

  /** Reserves room for a child if its record needs it. */
  void reserve(IsoNode child) {
    int length = SystemUse.continuedLength(child);
    if (length == 0) {
      return;
    }
    if (used % Fields.SECTOR + length > Fields.SECTOR) {
      used += Fields.SECTOR - used % Fields.SECTOR;
    }
    offsets.put(child, used);
    used += length;
  }

  /** Fixes the place on the volume and returns the sector behind it. */
  long placeAt(long start) {
    sector = start;
    return start + Fields.sectors(used);
  }

  /** The first sector. */
  long sector() {
    return sector;
  }

  /** Where the entries of a child begin, in bytes from the area's start. */
  int offsetOf(IsoNode child) {
    Integer offset = offsets.get(child);
    if (offset == null) {
      throw new IllegalStateException(child.path() + " has reserved no continuation");
    }
    return offset;
  }

  void write(ByteBuffer out) {
    int start = (int) (sector * Fields.SECTOR);
    SystemUse.writeExtensionsReference(out.position(start));
    offsets.forEach((child, offset) -> SystemUse.writeNames(out.position(start + offset), child));
  }
}
