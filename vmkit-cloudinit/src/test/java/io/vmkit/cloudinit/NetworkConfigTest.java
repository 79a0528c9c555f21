package io.vmkit.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.InvalidSpec;
import io.vmkit.value.MacAddress;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkConfigTest {
  private static final Ethernet LAN =
      Ethernet.withMac("lan", MacAddress.of("52:54:00:12:34:56"))
          .setName("lan0")
          .address("192.0.2.10/24")
          .address("2001:db8::10/64")
          .route(Route.defaultVia("192.0.2.1"))
          .route(new Route("2001:db8:1::/48", "2001:db8::1", OptionalInt.of(50)))
          .nameservers("9.9.9.9", "2620:fe::fe")
          .searchDomains("example.org")
          .mtu(9000)
          .build();
  private static final Ethernet WAN = Ethernet.named("enp1s0").dhcp4().dhcp6().build();

  @Test
  void versionTwoIsNetplans() {
    assertThat(NetworkConfig.of(LAN, WAN).toYaml())
        .isEqualTo(
            """
            version: 2
            ethernets:
              lan:
                match:
                  macaddress: "52:54:00:12:34:56"
                set-name: "lan0"
                dhcp4: false
                dhcp6: false
                addresses:
                - "192.0.2.10/24"
                - "2001:db8::10/64"
                routes:
                - to: "0.0.0.0/0"
                  via: "192.0.2.1"
                - to: "2001:db8:1::/48"
                  via: "2001:db8::1"
                  metric: 50
                nameservers:
                  addresses:
                  - "9.9.9.9"
                  - "2620:fe::fe"
                  search:
                  - "example.org"
                mtu: 9000
              enp1s0:
                dhcp4: true
                dhcp6: true
            """);
  }

  @Test
  void versionOneSaysTheSame() {
    NetworkConfig config =
        NetworkConfig.builder()
            .version(NetworkConfig.Version.V1)
            .ethernet(LAN)
            .ethernet(WAN)
            .build();
    assertThat(Yaml.mapping(config.toYaml()))
        .isEqualTo(
            Yaml.mapping(
                """
                version: 1
                config:
                - type: physical
                  name: lan0
                  mac_address: "52:54:00:12:34:56"
                  mtu: 9000
                  subnets:
                  - {type: static, address: 192.0.2.10/24}
                  - type: static6
                    address: 2001:db8::10/64
                    dns_nameservers: [9.9.9.9, '2620:fe::fe']
                    dns_search: [example.org]
                    routes:
                    - {network: 0.0.0.0/0, gateway: 192.0.2.1}
                    - {network: '2001:db8:1::/48', gateway: '2001:db8::1', metric: 50}
                - type: physical
                  name: enp1s0
                  subnets: [{type: dhcp4}, {type: dhcp6}]
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "192.0.2.1",
        "192.0.2.1/33",
        "300.0.0.1/8",
        "1.2.3/8",
        "host/24",
        "::1/129",
        "g::/8",
        "1.2.3.4/",
        "::1/64/2",
        "1:2:3:4:5:6:7:8:9/64"
      })
  void malformedAddressIsRefusedByName(String address) {
    assertThatThrownBy(() -> Ethernet.named("eth0").address(address))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("'" + address + "'");
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> Route.to("10.0.0.0/8", "2001:db8::1"))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("other address family");
    assertThatThrownBy(() -> Ethernet.named("eth0").setName("lan"))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("withMac");
    assertThatThrownBy(() -> Ethernet.named("e").route(Route.defaultVia("192.0.2.1")).build())
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("no address");
    assertThatThrownBy(() -> NetworkConfig.of(WAN, WAN))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("enp1s0");
    NetworkConfig.Builder old =
        NetworkConfig.builder()
            .version(NetworkConfig.Version.V1)
            .ethernet(Ethernet.named("eth9").optional().build());
    assertThatThrownBy(old::build).isInstanceOf(InvalidSpec.class).hasMessageContaining("eth9");
  }
}
