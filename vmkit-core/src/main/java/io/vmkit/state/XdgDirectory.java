package io.vmkit.state;

import java.nio.file.Path;

/**
 * Where the environment wants state and caches: the XDG Base Directory Specification. Read only
 * when the caller asks.
 */
public enum XdgDirectory {
  /** What must not be lost: machines, keys. */
  STATE("VMKIT_STATE", "XDG_STATE_HOME", ".local/state"),
  /** What can be made again: images. */
  CACHE("VMKIT_CACHE", "XDG_CACHE_HOME", ".cache");

  private final String own;
  private final String xdg;
  private final String underHome;

  XdgDirectory(String own, String xdg, String underHome) {
    this.own = own;
    this.xdg = xdg;
    this.underHome = underHome;
  }

  /**
   * {@return vmkit's directory of this kind: its own variable, the XDG variable, or the default}
   */
  public Path fromEnvironment() {
    String ownValue = System.getenv(own);
    if (ownValue != null && !ownValue.isEmpty()) {
      return Path.of(ownValue);
    }
    String xdgValue = System.getenv(xdg);
    // The specification has relative values ignored.
    Path base =
        xdgValue != null && Path.of(xdgValue).isAbsolute()
            ? Path.of(xdgValue)
            : Path.of(System.getProperty("user.home"), underHome);
    return base.resolve("vmkit");
  }
}
