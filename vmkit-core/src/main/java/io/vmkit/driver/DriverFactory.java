package io.vmkit.driver;

import java.net.URI;
import java.nio.file.Path;

/**
 * Makes a driver from a URI in a configuration, found by {@link java.util.ServiceLoader}. Passing a
 * driver made in code always works too.
 */
public interface DriverFactory {
  /**
   * {@return whether this factory understands the URI}
   *
   * @param uri such as {@code direct:///}, {@code qemu:///system}
   */
  boolean accepts(URI uri);

  /**
   * {@return a driver}
   *
   * @param uri a URI that it accepts
   * @param state the state directory
   * @throws io.vmkit.error.DriverUnavailable when the hypervisor cannot be reached
   * @throws io.vmkit.error.HostLacks when a program is missing
   */
  Driver open(URI uri, Path state);
}
