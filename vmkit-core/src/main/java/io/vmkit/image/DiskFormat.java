package io.vmkit.image;

import io.vmkit.error.InvalidSpec;
import java.util.Locale;

/** How a disk image is stored in a file. */
public enum DiskFormat {
  /** QEMU's own copy-on-write format, version 2 or 3. */
  QCOW2,
  /** The bytes of the disk as they are. */
  RAW;

  /** {@return the name that qemu-img and QEMU use} */
  public String qemuName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the format of that name}
   *
   * @param name the name that qemu-img and QEMU use
   * @throws InvalidSpec when vmkit has no such format
   */
  public static DiskFormat ofQemuName(String name) {
    for (DiskFormat each : values()) {
      if (each.qemuName().equals(name)) {
        return each;
      }
    }
    throw new InvalidSpec(
        "choose a disk format", "'" + name + "' is not known", "use qcow2 or raw");
  }
}
