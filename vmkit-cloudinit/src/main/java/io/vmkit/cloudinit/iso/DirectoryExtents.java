package io.vmkit.cloudinit.iso;

import java.nio.ByteBuffer;

/** Writes the directories of a hierarchy: their records, ECMA-119 6.8 and 9.1. */
final class DirectoryExtents {
  /** Identifiers of the first two records: the directory itself and its parent (6.8.2.2). */
  private static final byte[] SELF = {0};

  private static final byte[] PARENT = {1};

  private final Layout layout;
  private final Hierarchy hierarchy;
  private final SystemUse systemUse;
  private final byte[] time;

  DirectoryExtents(Layout layout, Hierarchy hierarchy, SystemUse systemUse, byte[] time) {
    this.layout = layout;
    this.hierarchy = hierarchy;
    this.systemUse = systemUse;
    this.time = time;
  }

  void write(ByteBuffer out) {
    for (int number = 0; number < hierarchy.size(); number++) {
      int start = (int) (hierarchy.sector(number) * Fields.SECTOR);
      writeSelf(out.position(start), number, SELF, number == 0);
      writeSelf(out, hierarchy.parent(number), PARENT, false);
      for (IsoNode child : hierarchy.directory(number).children(hierarchy.joliet())) {
        writeChild(out, start, child);
      }
    }
  }

  private void writeSelf(ByteBuffer out, int number, byte[] identifier, boolean rootItself) {
    int use = hierarchy.selfSystemUse(rootItself ? 0 : -1);
    int start = out.position();
    DirectoryRecord.write(
        out,
        identifier,
        use,
        hierarchy.sector(number),
        hierarchy.length(number),
        DirectoryRecord.FLAG_DIRECTORY,
        time);
    if (!hierarchy.joliet()) {
      IsoNode directory = hierarchy.directory(number);
      systemUse.writeSelf(
          out, directory, layout.serial(directory), rootItself, layout.continuations());
    }
    out.position(start + DirectoryRecord.length(identifier.length, use));
  }

  private void writeChild(ByteBuffer out, int directoryStart, IsoNode child) {
    if (child.isDirectory()) {
      int number = hierarchy.number(child);
      writeRecord(
          out,
          directoryStart,
          child,
          hierarchy.sector(number),
          hierarchy.length(number),
          DirectoryRecord.FLAG_DIRECTORY);
      return;
    }
    FileExtent file = layout.files().get(child);
    if (file == null) {
      writeRecord(out, directoryStart, child, 0, 0, 0);
      return;
    }
    for (int section = 0; section < file.sections(); section++) {
      int flags = section + 1 < file.sections() ? DirectoryRecord.FLAG_MULTI_EXTENT : 0;
      writeRecord(
          out,
          directoryStart,
          child,
          file.sectionSector(section),
          file.sectionLength(section),
          flags);
    }
  }

  private void writeRecord(
      ByteBuffer out, int directoryStart, IsoNode child, long sector, long bytes, int flags) {
    byte[] identifier = child.identifier(hierarchy.joliet());
    int use = hierarchy.systemUse(child);
    int length = DirectoryRecord.length(identifier.length, use);
    int start = Hierarchy.startOfRecord(out.position() - directoryStart, length) + directoryStart;
    DirectoryRecord.write(out.position(start), identifier, use, sector, bytes, flags, time);
    if (!hierarchy.joliet()) {
      systemUse.write(out, child, layout.serial(child), layout.continuations());
    }
    out.position(start + length);
  }
}
