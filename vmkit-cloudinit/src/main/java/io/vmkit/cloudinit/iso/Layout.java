package io.vmkit.cloudinit.iso;

import io.vmkit.error.InvalidSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where everything lies on the volume. Made once for each writing, since files may change. */
final class Layout {
  static final int PRIMARY_DESCRIPTOR = 16;
  static final int JOLIET_DESCRIPTOR = 17;
  static final int TERMINATOR = 18;
  private static final int FIRST_PATH_TABLE = 19;

  /** Sector numbers have 32 bits; the metadata is kept in one buffer. */
  private static final long MAX_SECTORS = 0xFFFF_FFFFL;

  private static final long MAX_METADATA_SECTORS = Integer.MAX_VALUE / Fields.SECTOR;

  private final Map<IsoNode, FileExtent> files = new HashMap<>();
  private final List<FileExtent> filesInOrder = new ArrayList<>();
  private final Map<IsoNode, Integer> serials = new HashMap<>();
  private final ContinuationArea continuations = new ContinuationArea();
  private final Hierarchy primary;
  private final Hierarchy joliet;
  private final long firstFileSector;
  private final long volumeSectors;

  Layout(IsoImage image) throws IOException {
    Map<IsoNode, Long> lengths = new LinkedHashMap<>();
    survey(image.root(), lengths);
    lengths.forEach((node, length) -> files.put(node, extent(node, length, 0)));
    primary = new Hierarchy(image.root(), false, files);
    joliet = new Hierarchy(image.root(), true, files);
    long next = FIRST_PATH_TABLE + 2 * pathTableSectors(primary) + 2 * pathTableSectors(joliet);
    next = joliet.placeAt(continuations.placeAt(primary.placeAt(next)));
    firstFileSector = next;
    for (Map.Entry<IsoNode, Long> file : lengths.entrySet()) {
      FileExtent extent = extent(file.getKey(), file.getValue(), next);
      files.put(file.getKey(), extent);
      filesInOrder.add(extent);
      next += Fields.sectors(extent.length());
    }
    volumeSectors = next;
    refuseTooMuch(image);
  }

  private static FileExtent extent(IsoNode node, long length, long sector) {
    IsoContent content = node.content();
    if (content == null) {
      throw new IllegalStateException(node.path() + " is no file");
    }
    return new FileExtent(node.path(), content, length, sector);
  }

  /** Numbers all nodes, reserves continuations and asks the files for their lengths, in order. */
  private void survey(IsoNode node, Map<IsoNode, Long> lengths) throws IOException {
    serials.put(node, serials.size() + 1);
    for (IsoNode child : node.children(false)) {
      continuations.reserve(child);
      IsoContent content = child.content();
      if (content != null) {
        lengths.put(child, content.length());
      }
      survey(child, lengths);
    }
  }

  private static long pathTableSectors(Hierarchy hierarchy) {
    return Fields.sectors(hierarchy.pathTableLength());
  }

  private void refuseTooMuch(IsoImage image) {
    // The parent's number has 16 bits in a path table (ECMA-119 9.4.4).
    if (volumeSectors > MAX_SECTORS
        || firstFileSector > MAX_METADATA_SECTORS
        || primary.size() > 0xFFFF) {
      throw new InvalidSpec(
          "write the ISO image " + image.label(),
          volumeSectors + " sectors and " + primary.size() + " directories are too much",
          "split it: 8 TiB and 65535 directories are the most");
    }
  }

  Map<IsoNode, FileExtent> files() {
    return files;
  }

  /** The files in the order of their content on the volume. */
  List<FileExtent> filesInOrder() {
    return filesInOrder;
  }

  /** The file serial number (inode) of a node, from 1. */
  int serial(IsoNode node) {
    Integer serial = serials.get(node);
    if (serial == null) {
      throw new IllegalStateException(node.path() + " was not surveyed");
    }
    return serial;
  }

  ContinuationArea continuations() {
    return continuations;
  }

  Hierarchy primary() {
    return primary;
  }

  Hierarchy joliet() {
    return joliet;
  }

  /** The sector of a path table. */
  long pathTable(Hierarchy hierarchy, boolean bigEndian) {
    long first = FIRST_PATH_TABLE + (hierarchy == joliet ? 2 * pathTableSectors(primary) : 0);
    return first + (bigEndian ? pathTableSectors(hierarchy) : 0);
  }

  /** The first sector behind all metadata. */
  long firstFileSector() {
    return firstFileSector;
  }

  long volumeSectors() {
    return volumeSectors;
  }
}
