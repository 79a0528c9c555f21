package io.vmkit.driver;

import java.util.UUID;

/**
 * Names one machine of one driver. A machine that is made anew under the same name is another one.
 *
 * @param name its name
 * @param uuid its identity
 */
public record DomainRef(String name, UUID uuid) {
  /** {@return the name} */
  @Override
  public String toString() {
    return name;
  }
}
