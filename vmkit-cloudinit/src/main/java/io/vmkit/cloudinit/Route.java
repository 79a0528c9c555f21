package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A static route of an interface.
 *
 * @param to the network with its prefix length
 * @param via the gateway
 * @param metric its metric, not negative; the lowest wins
 */
public record Route(String to, String via, OptionalInt metric) {
  /**
   * Validates the route.
   *
   * @param to the network with its prefix length
   * @param via the gateway
   * @param metric its metric
   * @throws InvalidSpec when an address is malformed, the two are of different families, or the
   *     metric is negative
   */
  public Route {
    Checks.cidr(to);
    Checks.ip(via);
    if (to.contains(":") != via.contains(":")) {
      throw new InvalidSpec(
          "route " + to, via + " is of the other address family", "use two of the same");
    }
    if (metric.orElse(0) < 0) {
      throw new InvalidSpec("route " + to, "the metric is negative", "use zero or more");
    }
  }

  /**
   * {@return a route without a metric}
   *
   * @param network the network with its prefix length, such as {@code 10.0.0.0/8}
   * @param via the gateway
   * @throws InvalidSpec when an address is malformed or the two are of different families
   */
  public static Route to(String network, String via) {
    return new Route(network, via, OptionalInt.empty());
  }

  /**
   * {@return the route to everything else}
   *
   * @param via the gateway
   * @throws InvalidSpec when it is no address
   */
  public static Route defaultVia(String via) {
    return to(via.contains(":") ? "::/0" : "0.0.0.0/0", via);
  }

  /** The keys differ between the versions: {@code to} and {@code via}, or longer ones. */
  Map<String, Object> yaml(String toKey, String viaKey) {
    Tree yaml = new Tree().put(toKey, to).put(viaKey, via);
    metric.ifPresent(value -> yaml.put("metric", value));
    return yaml.frozen();
  }
}
