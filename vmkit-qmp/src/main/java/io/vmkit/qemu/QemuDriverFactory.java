package io.vmkit.qemu;

import io.vmkit.driver.Driver;
import io.vmkit.driver.DriverFactory;
import java.net.URI;
import java.nio.file.Path;

/** Opens {@code direct:///} as a {@link QemuDriver}; {@code direct:} alone is no URI (RFC 2396). */
public final class QemuDriverFactory implements DriverFactory {
  /** For the service loader. */
  public QemuDriverFactory() {}

  @Override
  public boolean accepts(URI uri) {
    return "direct".equals(uri.getScheme());
  }

  @Override
  public Driver open(URI uri, Path state) {
    return QemuDriver.in(state);
  }
}
