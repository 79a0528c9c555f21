package io.vmkit.host;

import java.util.List;
import java.util.Optional;

/**
 * Writes the lines that mend a host, in the words of its distribution.
 *
 * @param hasApt whether packages come by apt, and the names are Debian's
 * @param user who will type them
 */
record Mending(boolean hasApt, HostUser user) {
  /** {@return the mending of that host, by its os-release(5)} */
  static Mending of(HostRoot host, HostUser user) {
    List<String> release = host.lines("/etc/os-release");
    if (release.isEmpty()) {
      release = host.lines("/usr/lib/os-release");
    }
    boolean debian =
        release.stream()
            .filter(line -> line.startsWith("ID=") || line.startsWith("ID_LIKE="))
            .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
            .flatMap(ids -> List.of(ids.split(" ", -1)).stream())
            .anyMatch(id -> id.equals("debian") || id.equals("ubuntu"));
    return new Mending(debian, user);
  }

  /** {@return the line that installs a package, by its name in Debian} */
  String install(String debianPackage) {
    return hasApt
        ? asRoot("apt-get install -y " + debianPackage)
        : "install the package that Debian calls " + debianPackage;
  }

  /**
   * {@return the line that opens a device to the user}
   *
   * @param device the device
   * @param group the group whose members may open it, which takes effect at the next login; empty
   *     when there is none
   */
  String open(String device, Optional<String> group) {
    return asRoot(
        group
            .map(name -> "usermod -aG " + name + " " + user.name())
            .orElse("chmod 0666 " + device));
  }

  /** {@return that line, with sudo where the user needs it} */
  String asRoot(String line) {
    return user.isRoot() ? line : "sudo " + line;
  }
}
