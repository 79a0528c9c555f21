package io.vmkit.qemu.argv;

/**
 * The seed as a read-only virtio disk. Not as a CD-ROM on SATA: Debian's cloud kernel has no driver
 * for that, and cloud-init would disable itself without a word.
 */
final class SeedArguments implements Contributor {
  @Override
  public void contribute(Launch launch, Arguments arguments) {
    if (!launch.machine().seeded()) {
      return;
    }
    arguments
        .blockdev(
            QemuOption.pairs()
                .with("driver", "raw")
                .with("node-name", "seed")
                .with("read-only", "on")
                .with("file.driver", "file")
                .with("file.filename", launch.files().seed()))
        .device(QemuOption.of("virtio-blk-pci").with("drive", "seed").with("id", "virtio-seed"));
  }
}
