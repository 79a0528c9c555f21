package io.vmkit.cloudinit.iso;

import io.vmkit.error.InvalidSpec;

/** The target of a symbolic link, as far as Rock Ridge can hold it. */
final class SymlinkTarget {
  /** Leaves the name and the link of one file room in one continuation area. */
  private static final int MAX_BYTES = 1024;

  /** Content of one component record in one SL entry of at most 255 bytes (RRIP 1.12, 4.1.3). */
  static final int MAX_COMPONENT = 248;

  private SymlinkTarget() {}

  /** The target in UTF-8. */
  static byte[] checked(String path, String target) {
    byte[] bytes = IsoNames.utf8(path, target);
    if (bytes.length == 0 || bytes.length > MAX_BYTES || target.indexOf('\0') >= 0) {
      throw new InvalidSpec(
          IsoNames.attempt(path),
          "its target has " + bytes.length + " bytes or a NUL",
          "link to a path of 1 to " + MAX_BYTES + " bytes");
    }
    for (String component : target.split("/", -1)) {
      if (IsoNames.utf8(path, component).length > MAX_COMPONENT) {
        throw new InvalidSpec(
            IsoNames.attempt(path),
            "its target holds the name '" + component + "'",
            "link to names of at most " + MAX_COMPONENT + " bytes");
      }
    }
    return bytes;
  }
}
