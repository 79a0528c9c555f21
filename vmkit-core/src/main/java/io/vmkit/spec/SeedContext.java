package io.vmkit.spec;

import io.vmkit.value.SshKeyPair;
import io.vmkit.value.VmName;
import java.util.List;
import java.util.Optional;

/**
 * What vmkit knows about a machine when its seed is made.
 *
 * @param name the machine's name
 * @param hostname its host name, by default the same
 * @param authorizedKeys public keys, one OpenSSH line each, that may log in beside those the source
 *     itself names
 * @param hostKey the key by which its SSH server shall be known; empty lets the guest make its own
 */
public record SeedContext(
    VmName name, String hostname, List<String> authorizedKeys, Optional<SshKeyPair> hostKey) {
  /**
   * Copies the list.
   *
   * @param name the machine's name
   * @param hostname its host name
   * @param authorizedKeys public keys that may log in
   * @param hostKey the SSH host key, or empty
   */
  public SeedContext {
    authorizedKeys = List.copyOf(authorizedKeys);
  }
}
