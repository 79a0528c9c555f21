package io.vmkit.guest;

import java.io.IOException;

/**
 * A file, link or directory.
 *
 * @param name its name in its directory
 * @param kind what it is
 * @param mode its permission bits, 07777 at most
 * @param target where a link points; empty for the others
 */
record FileNode(String name, Kind kind, int mode, String target) {
  static final int PERMISSIONS = 07777;
  private static final int TYPE_MASK = 0170000;

  enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    OTHER;

    /** By the type bits of {@code st_mode}, see inode(7). */
    static Kind of(int mode) {
      return switch (mode & TYPE_MASK) {
        case 0100000 -> FILE;
        case 0040000 -> DIRECTORY;
        case 0120000 -> LINK;
        default -> OTHER;
      };
    }
  }

  static FileNode of(String name, int mode, String target) {
    return new FileNode(name, Kind.of(mode), mode & PERMISSIONS, target);
  }

  /** Refuses a name that would lead out of its directory: a guest is not trusted with that. */
  FileNode asChild() throws IOException {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
      throw new IOException("a directory lists the impossible name '" + name + "'");
    }
    return this;
  }
}
