package io.vmkit.cloudinit.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkConfigSchemaTest {
  private static final NetworkConfigSchema SCHEMA = NetworkConfigSchema.load();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{version: 2, ethernets: {eth0: {dhcp4: true, dhcp6: false}}}",
        "{network: {version: 2, renderer: networkd, ethernets: {lan: {match: {macaddress:"
            + " '52:54:00:12:34:56'}, set-name: lan, addresses: [10.0.0.5/24, 'fd00::5/64'],"
            + " gateway4: 10.0.0.1, nameservers: {addresses: [10.0.0.1, 'fd00::1'], search: [a.b]},"
            + " routes: [{to: default, via: 10.0.0.1, metric: 5}], mtu: 1400}}}}",
        "{version: 2, vlans: {v5: {id: 5, link: eth0, addresses: [10.5.0.1/24]}},"
            + " bonds: {b0: {interfaces: [a, b], parameters: {mode: 802.3ad}}},"
            + " bridges: {br0: {interfaces: [b0], dhcp4: yes}}}",
        "{version: 1, config: [{type: physical, name: eth0, mac_address: 'aa:bb:cc:dd:ee:ff',"
            + " subnets: [{type: dhcp}, {type: static, address: 10.0.0.5, netmask: 255.255.255.0,"
            + " gateway: 10.0.0.1, dns_nameservers: [10.0.0.1], routes: [{network: 10.1.0.0,"
            + " netmask: 255.255.0.0, gateway: 10.0.0.2}]}]},"
            + " {type: nameserver, address: [10.0.0.1], search: [a.b]},"
            + " {type: route, destination: 10.2.0.0/16, gateway: 10.0.0.1},"
            + " {type: vlan, name: v, vlan_link: eth0, vlan_id: 5},"
            + " {type: bond, name: b, bond_interfaces: [a], params: {bond-mode: balance-rr}},"
            + " {type: bridge, name: r, bridge_interfaces: [b]}, {type: loopback, name: lo}]}",
        "{network: {config: disabled}}",
      })
  void usualNetworksHaveNothingToReport(String document) {
    assertThat(SCHEMA.validate(document)).isEqualTo(new ValidationResult(List.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{ethernets: {}}; ``; version: 2",
        "{version: 3}; ``; version: 2",
        "{version: '2', ethernets: {}}; ``; version: 2",
        "{network: []}; network; a mapping",
        "[a]; ``; a mapping",
        "{version: 2, ethernets: {e: {addresses: [10.0.0.5]}}}; ethernets.e.addresses[0]; prefix",
        "{version: 2, ethernets: {e: {addresses: [10.0.0.300/24]}}}; ethernets.e.addresses[0]; prefix",
        "{version: 2, ethernets: {e: {addresses: ['fd00::1/129']}}}; ethernets.e.addresses[0]; prefix",
        "{version: 2, ethernets: {e: {addresses: 10.0.0.5/24}}}; ethernets.e.addresses; a list",
        "{version: 2, ethernets: {e: {match: {macaddress: 52:54:00}}}}; ethernets.e.match.macaddress; MAC",
        "{version: 2, ethernets: {e: {gateway4: router}}}; ethernets.e.gateway4; an IP address",
        "{version: 2, ethernets: {e: {routes: [{via: 10.0.0.1}]}}}; ethernets.e.routes[0]; key to",
        "{version: 2, ethernets: {e: {dhcp4: maybe}}}; ethernets.e.dhcp4; one of yes, no",
        "{version: 2, vlans: {v: {id: 5000, link: e}}}; vlans.v.id; from 0 to 4094",
        "{version: 2, vlans: {v: {id: 5}}}; vlans.v; key link",
        "{version: 1}; ``; key config",
        "{version: 1, config: [{type: physical}]}; config[0]; key name",
        "{version: 1, config: [{type: wifi, name: a}]}; config[0].type; physical, loopback",
        "{version: 1, config: [{name: a}]}; config[0]; key type",
        "{version: 1, config: [{type: route, gateway: 10.0.0.1}]}; config[0]; key destination",
        "{version: 1, config: [{type: physical, name: a, subnets: [{type: dhcpp}]}]};"
            + " config[0].subnets[0].type; did you mean dhcp?",
      })
  void whatTheGuestWouldFailOnIsAnError(String document, String path, String message) {
    assertThat(SCHEMA.validate(document).errors())
        .anySatisfy(
            error -> {
              assertThat(error.path()).isEqualTo(path);
              assertThat(error.message()).contains(message);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{version: 2, ethernets: {e: {dhpc4: true}}}",
        "{version: 2, ethernetz: {}}",
        "{version: 1, config: [], extra: 1}",
      })
  void unknownKeysAreWarnings(String document) {
    ValidationResult result = SCHEMA.validate(document);
    assertThat(result.errors()).isEmpty();
    assertThat(result.warnings()).hasSize(1);
  }
}
