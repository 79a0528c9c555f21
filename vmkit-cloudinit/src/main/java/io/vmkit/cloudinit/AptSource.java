package io.vmkit.cloudinit;

import java.util.Map;
import java.util.Optional;

/**
 * A package source of apt (cloud-config {@code apt.sources}).
 *
 * @param name the name of its file, without directory and {@code .list}
 * @param source a line of sources.list(5), or {@code ppa:…}; {@code $RELEASE} and {@code $MIRROR}
 *     stand for the guest's own; {@code [signed-by=$KEY_FILE]} for the key
 * @param key the public key in ASCII armour
 */
public record AptSource(String name, String source, Optional<String> key) {
  /**
   * Validates the source.
   *
   * @param name the name of its file
   * @param source the line
   * @param key the public key
   * @throws io.vmkit.error.InvalidSpec when a field is blank
   */
  public AptSource {
    Checks.notBlank("add an apt source", name);
    Checks.notBlank("add the apt source " + name, source);
  }

  Map<String, Object> yaml() {
    return new Tree().put("source", source).putPresent("key", key.orElse("")).frozen();
  }
}
