package io.vmkit.guest;

import io.vmkit.value.MacAddress;
import java.util.List;
import java.util.Optional;

/**
 * A network interface as the guest sees it.
 *
 * @param name its name in the guest, such as {@code ens3}
 * @param mac its hardware address; empty for interfaces without, such as tunnels
 * @param addresses its addresses
 */
public record GuestInterface(String name, Optional<MacAddress> mac, List<Address> addresses) {
  /**
   * Takes a copy of the list.
   *
   * @param name its name in the guest
   * @param mac its hardware address
   * @param addresses its addresses
   */
  public GuestInterface {
    addresses = List.copyOf(addresses);
  }

  /**
   * An address with its network.
   *
   * @param ip an IPv4 or IPv6 address in text form, without a zone
   * @param prefixLength the length of the network's part in bits
   */
  public record Address(String ip, int prefixLength) {}
}
