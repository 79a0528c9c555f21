package io.vmkit.spec;

import io.vmkit.network.PortForward;
import io.vmkit.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network interface on user networking: the guest reaches out through the host (NAT, DHCP and DNS
 * by QEMU), the host reaches in through forwarded ports. Needs no rights on the host.
 *
 * @param mac its address; empty for one derived from the machine's name
 * @param forwards ports that lead into the guest
 */
public record NicSpec(Optional<MacAddress> mac, List<PortForward> forwards) {
  /**
   * Copies the list.
   *
   * @param mac its address, or empty
   * @param forwards ports that lead into the guest
   */
  public NicSpec {
    forwards = List.copyOf(forwards);
  }

  /** {@return an interface without forwards} */
  public static NicSpec user() {
    return new NicSpec(Optional.empty(), List.of());
  }

  /**
   * {@return the same interface with this address}
   *
   * @param address the address
   */
  public NicSpec mac(MacAddress address) {
    return new NicSpec(Optional.of(address), forwards);
  }

  /**
   * {@return the same interface with one more port that leads into the guest}
   *
   * @param forward the ports
   */
  public NicSpec forward(PortForward forward) {
    List<PortForward> more = new ArrayList<>(forwards);
    more.add(forward);
    return new NicSpec(mac, more);
  }
}
