package io.vmkit.qemu.argv;

import io.vmkit.qemu.machine.MachineRecord.Forward;
import io.vmkit.qemu.machine.MachineRecord.Nic;
import java.util.List;

/**
 * Interfaces on user networking. A host port of 0 has the kernel pick a free one, so there is no
 * race for it; the monitor's {@code info usernet} tells which it became.
 */
final class NetworkArguments implements Contributor {
  @Override
  public void contribute(Launch launch, Arguments arguments) {
    List<Nic> nics = launch.machine().nics();
    for (int i = 0; i < nics.size(); i++) {
      String id = "net" + i;
      arguments
          .option("-netdev", netdev(id, nics.get(i)))
          .device(
              QemuOption.of("virtio-net-pci")
                  .with("netdev", id)
                  .with("id", "virtio-" + id)
                  .with("mac", nics.get(i).mac())
                  // No option ROM: nothing boots from the network, and the firmware starts sooner.
                  .with("romfile", ""));
    }
  }

  /** Not a {@link QemuOption}: {@code hostfwd} may come several times. */
  private static String netdev(String id, Nic nic) {
    StringBuilder text = new StringBuilder("user,id=").append(id);
    for (Forward forward : nic.forwards()) {
      text.append(",hostfwd=tcp:127.0.0.1:")
          .append(forward.hostPort())
          .append("-:")
          .append(forward.guestPort());
    }
    return text.toString();
  }
}
