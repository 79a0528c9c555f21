package io.vmkit.qemu.argv;

/** Adds what one kind of device needs to a command line. */
@FunctionalInterface
interface Contributor {
  void contribute(Launch launch, Arguments arguments);
}
