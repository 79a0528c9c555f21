package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import io.vmkit.value.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An Ethernet interface of the guest and its addresses. Immutable. */
public final class Ethernet {
  /** What Linux takes as an interface name (IFNAMSIZ), without what shells and netplan mind. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,15}");

  private final String id;
  private final @Nullable MacAddress mac;
  private final @Nullable String setName;
  private final boolean dhcp4;
  private final boolean dhcp6;
  private final List<String> addresses;
  private final List<Route> routes;
  private final List<String> nameservers;
  private final List<String> searchDomains;
  private final OptionalInt mtu;
  private final boolean optional;

  private Ethernet(Builder builder) {
    id = builder.id;
    mac = builder.mac;
    setName = builder.setName;
    dhcp4 = builder.dhcp4;
    dhcp6 = builder.dhcp6;
    addresses = List.copyOf(builder.addresses);
    routes = List.copyOf(builder.routes);
    nameservers = List.copyOf(builder.nameservers);
    searchDomains = List.copyOf(builder.searchDomains);
    mtu = builder.mtu;
    optional = builder.optional;
  }

  /**
   * Starts the description of the interface that has a name in the guest.
   *
   * @param name the name, such as {@code enp1s0}
   * @return a builder
   * @throws InvalidSpec when Linux would not take the name
   */
  public static Builder named(String name) {
    return new Builder(name(name), null);
  }

  /**
   * Starts the description of the interface that has a MAC address, whatever its name.
   *
   * @param id what it is called in the configuration, such as {@code lan}
   * @param mac the address
   * @return a builder
   * @throws InvalidSpec when the id is no plain name
   */
  public static Builder withMac(String id, MacAddress mac) {
    return new Builder(name(id), mac);
  }

  private static String name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidSpec(
          "configure an interface",
          "'" + name + "' is no interface name",
          "use 1 to 15 letters, digits, '.', '_' and '-'");
    }
    return name;
  }

  String id() {
    return id;
  }

  Optional<MacAddress> mac() {
    return Optional.ofNullable(mac);
  }

  Optional<String> newName() {
    return Optional.ofNullable(setName);
  }

  boolean dhcp4() {
    return dhcp4;
  }

  boolean dhcp6() {
    return dhcp6;
  }

  List<String> addresses() {
    return addresses;
  }

  List<Route> routes() {
    return routes;
  }

  List<String> nameservers() {
    return nameservers;
  }

  List<String> searchDomains() {
    return searchDomains;
  }

  OptionalInt mtu() {
    return mtu;
  }

  boolean optional() {
    return optional;
  }

  private List<Object> state() {
    return List.of(
        id,
        mac(),
        newName(),
        dhcp4,
        dhcp6,
        addresses,
        routes,
        nameservers,
        searchDomains,
        mtu,
        optional);
  }

  /** {@return whether all of it is the same} */
  @Override
  public boolean equals(Object other) {
    return other instanceof Ethernet ethernet && state().equals(ethernet.state());
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, mac, addresses);
  }

  /** {@return the name, the MAC address and the static addresses} */
  @Override
  public String toString() {
    return "Ethernet[" + id + (mac == null ? "" : " " + mac) + " " + addresses + "]";
  }

  /** Collects what the interface shall have. Not thread-safe. */
  public static final class Builder {
    private final String id;
    private final @Nullable MacAddress mac;
    private @Nullable String setName;
    private boolean dhcp4;
    private boolean dhcp6;
    private final List<String> addresses = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<String> nameservers = new ArrayList<>();
    private final List<String> searchDomains = new ArrayList<>();
    private OptionalInt mtu = OptionalInt.empty();
    private boolean optional;

    private Builder(String id, @Nullable MacAddress mac) {
      this.id = id;
      this.mac = mac;
    }

    /**
     * Renames the interface.
     *
     * @param name its new name
     * @return this
     * @throws InvalidSpec when it is not found by its MAC address, or Linux would not take the name
     */
    public Builder setName(String name) {
      if (mac == null) {
        throw new InvalidSpec(
            "rename the interface " + id, "it is found by its name", "find it withMac(…)");
      }
      setName = name(name);
      return this;
    }

    /**
     * Gets an IPv4 address by DHCP.
     *
     * @return this
     */
    public Builder dhcp4() {
      dhcp4 = true;
      return this;
    }

    /**
     * Gets an IPv6 address by DHCP.
     *
     * @return this
     */
    public Builder dhcp6() {
      dhcp6 = true;
      return this;
    }

    /**
     * Adds a static address.
     *
     * @param cidr the address with its prefix length, such as {@code 192.0.2.10/24}
     * @return this
     * @throws InvalidSpec when it is malformed
     */
    public Builder address(String cidr) {
      addresses.add(Checks.cidr(cidr));
      return this;
    }

    /**
     * Adds a route.
     *
     * @param route the route
     * @return this
     */
    public Builder route(Route route) {
      routes.add(route);
      return this;
    }

    /**
     * Adds name servers.
     *
     * @param ips their addresses
     * @return this
     * @throws InvalidSpec when one is no address
     */
    public Builder nameservers(String... ips) {
      List.of(ips).forEach(ip -> nameservers.add(Checks.ip(ip)));
      return this;
    }

    /**
     * Adds domains in which names without a dot are looked up.
     *
     * @param domains the domains
     * @return this
     * @throws InvalidSpec when one is no domain
     */
    public Builder searchDomains(String... domains) {
      List.of(domains).forEach(domain -> searchDomains.add(Checks.hostname(domain)));
      return this;
    }

    /**
     * Sets the largest packet.
     *
     * @param bytes its length in bytes, 68 to 65535
     * @return this
     * @throws InvalidSpec when it is none
     */
    public Builder mtu(int bytes) {
      if (bytes < 68 || bytes > 65535) {
        throw new InvalidSpec("set the MTU of " + id, bytes + " is none", "use 68 to 65535");
      }
      mtu = OptionalInt.of(bytes);
      return this;
    }

    /**
     * Lets the boot go on when the interface does not come up; only version 2 can say so.
     *
     * @return this
     */
    public Builder optional() {
      optional = true;
      return this;
    }

    /**
     * {@return the interface}
     *
     * @throws InvalidSpec when it has routes but no address
     */
    public Ethernet build() {
      if (!routes.isEmpty() && addresses.isEmpty() && !dhcp4 && !dhcp6) {
        throw new InvalidSpec(
            "configure the interface " + id,
            "it has routes but no address",
            "add an address or DHCP");
      }
      return new Ethernet(this);
    }
  }
}
