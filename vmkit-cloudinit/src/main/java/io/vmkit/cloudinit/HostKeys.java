package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import io.vmkit.value.SshKeyPair;
import java.util.Map;
import java.util.TreeMap;

/** SSH host keys by the names that cloud-config's {@code ssh_keys} has for their types. */
final class HostKeys {
  private HostKeys() {}

  static void add(Map<String, SshKeyPair> keys, SshKeyPair key) {
    SshKeyPair known = keys.putIfAbsent(type(key), key);
    if (known != null && !known.equals(key)) {
      throw new InvalidSpec(
          "give the guest an SSH host key",
          "there are two of type " + key.type() + ": " + known + " and " + key,
          "give the key in one place, the seed or the machine's specification");
    }
  }

  private static String type(SshKeyPair key) {
    String type = key.type();
    if (type.startsWith("ecdsa-sha2-")) {
      return "ecdsa";
    }
    return switch (type) {
      case "ssh-ed25519" -> "ed25519";
      case "ssh-rsa" -> "rsa";
      default ->
          throw new InvalidSpec(
              "give the guest an SSH host key",
              "cloud-init knows no keys of type " + type,
              "use ed25519, ecdsa or rsa");
    };
  }

  static Map<String, Object> yaml(Map<String, SshKeyPair> keys) {
    Tree yaml = new Tree();
    new TreeMap<>(keys)
        .forEach(
            (type, key) ->
                yaml.put(type + "_private", key.privateKey())
                    .put(type + "_public", key.publicKey()));
    return yaml.frozen();
  }
}
