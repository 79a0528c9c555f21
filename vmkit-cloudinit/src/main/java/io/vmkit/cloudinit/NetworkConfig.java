package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The guest's interfaces. Without one cloud-init tries DHCP on the first interface. Immutable.
 *
 * @see <a href="https://docs.cloud-init.io/en/latest/reference/network-config.html">cloud-init</a>
 */
public final class NetworkConfig {
  /** The two formats that cloud-init reads. */
  public enum Version {
    /** cloud-init's own older format. */
    V1,
    /** That of netplan; the default. */
    V2
  }

  private final Version version;
  private final List<Ethernet> ethernets;

  private NetworkConfig(Version version, List<Ethernet> ethernets) {
    this.version = version;
    this.ethernets = ethernets;
  }

  /** {@return a builder of a configuration without interfaces} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return a configuration of version 2 with these interfaces}
   *
   * @param ethernets the interfaces
   * @throws InvalidSpec when two have the same name
   */
  public static NetworkConfig of(Ethernet... ethernets) {
    Builder builder = builder();
    List.of(ethernets).forEach(builder::ethernet);
    return builder.build();
  }

  /** {@return the document in its version} */
  public String toYaml() {
    return Yaml.render(
        version == Version.V1 ? NetworkV1.yaml(ethernets) : NetworkV2.yaml(ethernets));
  }

  /** {@return whether both say the same in the same version} */
  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkConfig config
        && version == config.version
        && ethernets.equals(config.ethernets);
  }

  @Override
  public int hashCode() {
    return ethernets.hashCode();
  }

  /** {@return the version and the interfaces} */
  @Override
  public String toString() {
    return "NetworkConfig[" + version + " " + ethernets + "]";
  }

  /** Collects interfaces. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Ethernet> ethernets = new LinkedHashMap<>();
    private Version version = Version.V2;

    private Builder() {}

    /**
     * Chooses the format, version 2 by default.
     *
     * @param version the format
     * @return this
     */
    public Builder version(Version version) {
      this.version = version;
      return this;
    }

    /**
     * Adds an interface.
     *
     * @param ethernet the interface
     * @return this
     * @throws InvalidSpec when one of that name is there already
     */
    public Builder ethernet(Ethernet ethernet) {
      if (ethernets.putIfAbsent(ethernet.id(), ethernet) != null) {
        throw new InvalidSpec(
            "configure the interface " + ethernet.id(),
            "there is one already",
            "describe each interface once");
      }
      return this;
    }

    /**
     * {@return the configuration}
     *
     * @throws InvalidSpec when its version cannot say something that was asked for
     */
    public NetworkConfig build() {
      for (Ethernet ethernet : ethernets.values()) {
        if (version == Version.V1 && ethernet.optional()) {
          throw new InvalidSpec(
              "configure the interface " + ethernet.id(),
              "version 1 cannot say that it is optional",
              "use version 2");
        }
      }
      return new NetworkConfig(version, List.copyOf(ethernets.values()));
    }
  }
}
