package io.vmkit.cloudinit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Version 1 of the network configuration: interfaces with subnets, routes within these. */
final class NetworkV1 {
  private NetworkV1() {}

  static Map<String, Object> yaml(List<Ethernet> ethernets) {
    List<Map<String, Object>> config = ethernets.stream().map(NetworkV1::yaml).toList();
    return new Tree().put("version", 1).put("config", config).frozen();
  }

  private static Map<String, Object> yaml(Ethernet ethernet) {
    Tree yaml =
        new Tree().put("type", "physical").put("name", ethernet.newName().orElse(ethernet.id()));
    ethernet.mac().ifPresent(mac -> yaml.put("mac_address", mac.value()));
    ethernet.mtu().ifPresent(mtu -> yaml.put("mtu", mtu));
    return yaml.putPresent("subnets", subnets(ethernet)).frozen();
  }

  private static List<Map<String, Object>> subnets(Ethernet ethernet) {
    List<Tree> subnets = new ArrayList<>();
    if (ethernet.dhcp4()) {
      subnets.add(new Tree().put("type", "dhcp4"));
    }
    if (ethernet.dhcp6()) {
      subnets.add(new Tree().put("type", "dhcp6"));
    }
    for (String address : ethernet.addresses()) {
      String type = address.contains(":") ? "static6" : "static";
      subnets.add(new Tree().put("type", type).put("address", address));
    }
    if (!subnets.isEmpty()) {
      // One subnet speaks for the whole interface.
      Tree last = subnets.get(subnets.size() - 1);
      last.putPresent("dns_nameservers", ethernet.nameservers());
      last.putPresent("dns_search", ethernet.searchDomains());
      last.putPresent(
          "routes",
          ethernet.routes().stream().map(route -> route.yaml("network", "gateway")).toList());
    }
    return subnets.stream().map(Tree::frozen).toList();
  }
}
