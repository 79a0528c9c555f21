package io.vmkit.qemu.argv;

import io.vmkit.qemu.machine.MachineRecord;
import io.vmkit.state.StateLayout.VmFiles;

/**
 * One start of a machine.
 *
 * @param machine what it is
 * @param files where its files are
 * @param accelerator QEMU's name of what executes it: {@code kvm}, {@code tcg}
 */
public record Launch(MachineRecord machine, VmFiles files, String accelerator) {
  boolean hardwareAccelerated() {
    return accelerator.equals("kvm");
  }
}
