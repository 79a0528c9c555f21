package io.vmkit.cloudinit.iso;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The directories of one of the two hierarchies in the order of its path table (ECMA-119 9.4.4: by
 * level, then by parent, then by identifier), with their sizes and places.
 */
final class Hierarchy {
  private final boolean joliet;
  private final List<IsoNode> directories = new ArrayList<>();
  private final Map<IsoNode, Integer> numbers = new HashMap<>();
  private final List<Integer> parents = new ArrayList<>();
  private final int[] lengths;
  private final long[] sectors;
  private int pathTableLength;

  Hierarchy(IsoNode root, boolean joliet, Map<IsoNode, FileExtent> files) {
    this.joliet = joliet;
    add(root, 0);
    for (int parent = 0; parent < directories.size(); parent++) {
      for (IsoNode child : directories.get(parent).children(joliet)) {
        if (child.isDirectory()) {
          add(child, parent);
        }
      }
    }
    lengths = new int[directories.size()];
    sectors = new long[directories.size()];
    for (int number = 0; number < lengths.length; number++) {
      lengths[number] = extentLength(number, files);
    }
  }

  private void add(IsoNode directory, int parent) {
    numbers.put(directory, directories.size());
    directories.add(directory);
    parents.add(parent);
    pathTableLength += PathTable.recordLength(identifier(directory).length);
  }

  /** Records do not cross sectors (ECMA-119 6.8.1.1). */
  private int extentLength(int number, Map<IsoNode, FileExtent> files) {
    int used = 0;
    used += DirectoryRecord.length(1, selfSystemUse(number));
    used += DirectoryRecord.length(1, selfSystemUse(-1));
    for (IsoNode child : directories.get(number).children(joliet)) {
      int record = DirectoryRecord.length(child.identifier(joliet).length, systemUse(child));
      FileExtent file = files.get(child);
      for (int section = file == null ? 1 : file.sections(); section > 0; section--) {
        used = startOfRecord(used, record) + record;
      }
    }
    return (int) Fields.sectors(used) * Fields.SECTOR;
  }

  /** Where a record goes when so many bytes of the directory are used. */
  static int startOfRecord(int used, int record) {
    int room = Fields.SECTOR - used % Fields.SECTOR;
    return record <= room ? used : used + room;
  }

  /** Bytes of system use in the record of a child; Joliet has none. */
  int systemUse(IsoNode child) {
    return joliet ? 0 : SystemUse.inlineLength(child);
  }

  /**
   * Bytes of system use in the first record of a directory; −1 stands for the record of a parent.
   */
  int selfSystemUse(int number) {
    return joliet ? 0 : SystemUse.selfLength(number == 0);
  }

  /** Fixes the places of all directories and returns the sector behind them. */
  long placeAt(long start) {
    long next = start;
    for (int number = 0; number < sectors.length; number++) {
      sectors[number] = next;
      next += lengths[number] / Fields.SECTOR;
    }
    return next;
  }

  boolean joliet() {
    return joliet;
  }

  /** The number of directories. */
  int size() {
    return directories.size();
  }

  IsoNode directory(int number) {
    return directories.get(number);
  }

  int number(IsoNode directory) {
    Integer number = numbers.get(directory);
    if (number == null) {
      throw new IllegalStateException(directory.path() + " is in no hierarchy");
    }
    return number;
  }

  /** The parent's number; the root is its own. */
  int parent(int number) {
    return parents.get(number);
  }

  long sector(int number) {
    return sectors[number];
  }

  int length(int number) {
    return lengths[number];
  }

  int pathTableLength() {
    return pathTableLength;
  }

  /** The identifier in the path table; the root's is a zero byte (ECMA-119 9.4.5). */
  byte[] identifier(IsoNode directory) {
    return directory == directories.get(0) ? new byte[1] : directory.identifier(joliet);
  }
}
