package io.vmkit.host;

/** What {@link HostCheck} looks at. */
public enum Topic {
  /** {@code qemu-system-x86_64}: machines of x86. */
  QEMU_X86_64("QEMU for x86_64"),
  /** {@code qemu-system-aarch64}: machines of 64-bit Arm. */
  QEMU_AARCH64("QEMU for aarch64"),
  /** {@code qemu-img}: overlays and conversions of disks. */
  QEMU_IMG("qemu-img"),
  /** UEFI firmware for guests of the host's architecture. */
  FIRMWARE("UEFI firmware"),
  /** KVM that works, as {@link AcceleratorProbe} proves it. */
  KVM("KVM"),
  /** {@code /dev/fuse} and its mount helper: changing files in an offline disk. */
  FUSE("FUSE"),
  /** {@code mmdebstrap}: Debian images from the host's own mirror. */
  MMDEBSTRAP("mmdebstrap"),
  /** {@code mke2fs}: file systems of images. */
  E2FSPROGS("mke2fs"),
  /** User namespaces with a range of ids: images built without root. */
  USER_NAMESPACES("user namespaces"),
  /** A libvirt daemon that this user may talk to. */
  LIBVIRT("libvirt"),
  /** Network bridges: machines on a network of the host. */
  BRIDGES("bridges"),
  /** OpenSSH's client, for people. */
  SSH_CLIENT("ssh client"),
  /** {@code swtpm}: TPM devices. */
  SWTPM("swtpm");

  private final String title;

  Topic(String title) {
    this.title = title;
  }

  /** {@return what people call it} */
  public String title() {
    return title;
  }
}
