package io.vmkit.qemu.argv;

import io.vmkit.qemu.machine.MachineRecord.Kernel;

/** A kernel that QEMU starts itself. */
final class KernelArguments implements Contributor {
  @Override
  public void contribute(Launch launch, Arguments arguments) {
    Kernel kernel = launch.machine().kernel();
    if (kernel == null) {
      return;
    }
    arguments
        .option("-kernel", kernel.file())
        .option("-initrd", kernel.initrd())
        // The tiny guest has no seed and takes its name from here; other guests ignore the word.
        .option("-append", kernel.commandLine() + " vmkit.hostname=" + launch.machine().hostname());
  }
}
