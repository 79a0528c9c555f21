package io.vmkit.driver;

import io.vmkit.value.MemorySize;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A machine at one moment.
 *
 * @param ref which
 * @param state what it is doing
 * @param memory its memory
 * @param cpus the number of its processors
 * @param pid the process id of its QEMU; empty when there is none or it is not of this host
 * @param properties what else the driver knows, for people: accelerator, image, ports
 */
public record DomainInfo(
    DomainRef ref,
    DomainState state,
    MemorySize memory,
    int cpus,
    OptionalLong pid,
    Map<String, String> properties) {
  /**
   * Copies the map.
   *
   * @param ref which
   * @param state what it is doing
   * @param memory its memory
   * @param cpus the number of its processors
   * @param pid the process id of its QEMU, or empty
   * @param properties what else the driver knows
   */
  public DomainInfo {
    properties = Map.copyOf(properties);
  }
}
