package io.vmkit.cloudinit;

import java.util.List;
import java.util.Map;

/** Version 2 of the network configuration, which is netplan's. */
final class NetworkV2 {
  private NetworkV2() {}

  static Map<String, Object> yaml(List<Ethernet> ethernets) {
    Tree all = new Tree();
    ethernets.forEach(ethernet -> all.put(ethernet.id(), yaml(ethernet)));
    return new Tree().put("version", 2).put("ethernets", all.frozen()).frozen();
  }

  private static Map<String, Object> yaml(Ethernet ethernet) {
    Tree yaml = new Tree();
    ethernet.mac().ifPresent(mac -> yaml.put("match", Map.of("macaddress", mac.value())));
    yaml.putPresent("set-name", ethernet.newName().orElse(""));
    yaml.put("dhcp4", ethernet.dhcp4());
    yaml.put("dhcp6", ethernet.dhcp6());
    yaml.putPresent("addresses", ethernet.addresses());
    yaml.putPresent(
        "routes", ethernet.routes().stream().map(route -> route.yaml("to", "via")).toList());
    Tree dns = new Tree();
    dns.putPresent("addresses", ethernet.nameservers());
    dns.putPresent("search", ethernet.searchDomains());
    yaml.putPresent("nameservers", dns.frozen());
    ethernet.mtu().ifPresent(mtu -> yaml.put("mtu", mtu));
    if (ethernet.optional()) {
      yaml.put("optional", true);
    }
    return yaml.frozen();
  }
}
