package io.vmkit.guest;

import io.vmkit.error.InvalidSpec;
import io.vmkit.value.SshKeyPair;
import java.util.Base64;

/**
 * Where a guest's SSH server listens, and the keys both sides know beforehand. Its {@code toString}
 * shows public keys only.
 *
 * @param host a name or an address
 * @param port the port, 1 to 65535
 * @param user the user to log in as
 * @param clientKey the key that lets us in; Ed25519, ECDSA or RSA
 * @param hostKey the guest's public host key as a line {@code TYPE BASE64 [COMMENT]}; a server with
 *     another key is refused
 */
public record SshEndpoint(
    String host, int port, String user, SshKeyPair clientKey, String hostKey) {
  private static final String ATTEMPTED = "describe an SSH server";

  /**
   * Checks the values.
   *
   * @param host a name or an address
   * @param port the port
   * @param user the user to log in as
   * @param clientKey the key that lets us in
   * @param hostKey the guest's public host key
   * @throws InvalidSpec when one is not of its form
   */
  public SshEndpoint {
    if (host.isBlank() || user.isBlank()) {
      throw new InvalidSpec(ATTEMPTED, "host or user is empty", "give both");
    }
    if (port < 1 || port > 65535) {
      throw new InvalidSpec(ATTEMPTED, "port " + port + " does not exist", "use 1 to 65535");
    }
    hostKey = hostKey.strip();
    if (!isKeyLine(hostKey)) {
      throw new InvalidSpec(
          ATTEMPTED,
          "'" + hostKey + "' is no public key",
          "give the guest's host key as in: ssh-ed25519 AAAA…");
    }
  }

  private static boolean isKeyLine(String line) {
    String[] parts = line.split(" ", 3);
    if (parts.length < 2 || !parts[0].matches("[a-z0-9-]+")) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(parts[1]).length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  String hostKeyType() {
    return hostKey.split(" ", 3)[0];
  }

  byte[] hostKeyBlob() {
    return Base64.getDecoder().decode(hostKey.split(" ", 3)[1]);
  }

  /** For messages: {@code user@host:port}. */
  String address() {
    return user + "@" + host + ":" + port;
  }
}
