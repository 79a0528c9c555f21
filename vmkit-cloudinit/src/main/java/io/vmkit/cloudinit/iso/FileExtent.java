package io.vmkit.cloudinit.iso;

/**
 * Where the content of a file lies.
 *
 * @param path the file, for messages
 * @param content what it holds
 * @param length the length in bytes when the volume was laid out
 * @param sector the first sector
 */
record FileExtent(String path, IsoContent content, long length, long sector) {
  /** The longest file section of whole sectors: 32 bits hold its length (ECMA-119 9.1.4). */
  static final long MAX_SECTION = 0xFFFF_F800L;

  /** The number of directory records it needs (ECMA-119 9.1.6, multi-extent). */
  static int sections(long length) {
    return length == 0 ? 1 : Math.toIntExact((length + MAX_SECTION - 1) / MAX_SECTION);
  }

  int sections() {
    return sections(length);
  }

  long sectionSector(int section) {
    return length == 0 ? 0 : sector + section * (MAX_SECTION / Fields.SECTOR);
  }

  long sectionLength(int section) {
    return Math.min(MAX_SECTION, length - section * MAX_SECTION);
  }
}
