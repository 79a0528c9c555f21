package io.vmkit.host;

import io.vmkit.state.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who this process runs as.
 *
 * @param name the login name
 * @param uid the effective user id
 * @param home the home directory
 */
record HostUser(String name, int uid, Path home) {
  static HostUser current() {
    Path self = Path.of("/proc/self");
    try {
      // The JDK has no call for it; the process's own directory belongs to its effective user.
      int uid = (Integer) Files.getAttribute(self, "unix:uid");
      return new HostUser(
          System.getProperty("user.name"), uid, Path.of(System.getProperty("user.home")));
    } catch (IOException e) {
      throw DurableFiles.fault("read " + self, e);
    }
  }

  boolean isRoot() {
    return uid == 0;
  }
}
