package io.vmkit.qemu.argv;

import io.vmkit.value.MemorySize;

/** Board, accelerator, processors and memory. */
final class MachineArguments implements Contributor {
  @Override
  public void contribute(Launch launch, Arguments arguments) {
    QemuOption board = QemuOption.of("q35").with("usb", "off").with("dump-guest-core", "off");
    if (launch.machine().firmware() != null) {
      board.with("pflash0", FirmwareArguments.CODE).with("pflash1", FirmwareArguments.VARIABLES);
    }
    arguments
        .option("-machine", board)
        .option("-accel", launch.accelerator())
        // Every feature that the accelerator has; "host" is the same under KVM, by its usual name.
        .option("-cpu", launch.hardwareAccelerated() ? "host" : "max")
        .option("-smp", QemuOption.pairs().with("cpus", launch.machine().cpus()))
        .option(
            "-m",
            QemuOption.pairs()
                .with("size", MemorySize.bytes(launch.machine().memory()).toMebibytes() + "M"));
  }
}
