package io.vmkit.qemu.argv;

/** Entropy from the host, and an id that tells a guest kernel when it has been cloned. */
final class EntropyArguments implements Contributor {
  @Override
  public void contribute(Launch launch, Arguments arguments) {
    arguments
        .option(
            "-object",
            QemuOption.of("rng-random").with("id", "rng0").with("filename", "/dev/urandom"))
        .device(QemuOption.of("virtio-rng-pci").with("rng", "rng0"))
        .device(QemuOption.of("vmgenid").with("guid", "auto").with("id", "vmgenid0"));
  }
}
