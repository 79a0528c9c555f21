package io.vmkit.network;

import io.vmkit.error.InvalidSpec;

/**
 * A TCP port of the host's loopback interface that leads to a port of the guest.
 *
 * @param guestPort the port in the guest, 1 to 65535
 * @param hostPort the port on the host; 0 lets QEMU pick a free one
 */
public record PortForward(int guestPort, int hostPort) {
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Validates the ports.
   *
   * @param guestPort the port in the guest
   * @param hostPort the port on the host, or 0
   * @throws InvalidSpec when a port is out of range
   */
  public PortForward {
    if (guestPort < 1 || guestPort > HIGHEST_PORT || hostPort < 0 || hostPort > HIGHEST_PORT) {
      throw new InvalidSpec(
          "forward a port",
          "host port " + hostPort + " to guest port " + guestPort + " is out of range",
          "use ports from 1 to 65535");
    }
  }

  /**
   * {@return a forward from a free port of the host}
   *
   * @param guestPort the port in the guest
   * @throws InvalidSpec when the port is out of range
   */
  public static PortForward toGuest(int guestPort) {
    return new PortForward(guestPort, 0);
  }

  /**
   * {@return the same forward from a certain port of the host}
   *
   * @param port the port on the host
   * @throws InvalidSpec when the port is out of range
   */
  public PortForward fromHost(int port) {
    return new PortForward(guestPort, port);
  }
}
