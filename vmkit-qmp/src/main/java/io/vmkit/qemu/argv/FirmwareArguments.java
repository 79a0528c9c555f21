package io.vmkit.qemu.argv;

import io.vmkit.qemu.machine.MachineRecord.Flash;

/** UEFI: code that all share, variables of the machine's own, both as flash. */
final class FirmwareArguments implements Contributor {
  static final String CODE = "firmware-code";
  static final String VARIABLES = "firmware-variables";

  @Override
  public void contribute(Launch launch, Arguments arguments) {
    Flash firmware = launch.machine().firmware();
    if (firmware == null) {
      return;
    }
    arguments
        .blockdev(
            QemuOption.pairs()
                .with("driver", firmware.codeFormat())
                .with("node-name", CODE)
                .with("read-only", "on")
                .with("file.driver", "file")
                .with("file.filename", firmware.code()))
        .blockdev(
            QemuOption.pairs()
                .with("driver", firmware.variablesFormat())
                .with("node-name", VARIABLES)
                .with("file.driver", "file")
                .with("file.filename", launch.files().nvram()));
  }
}
