package io.vmkit.image;

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
}
