package io.vmkit.value;

import io.vmkit.error.InvalidSpec;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An Ethernet address of one interface (unicast).
 *
 * @param value six lower-case hexadecimal pairs joined by colons
 */
public record MacAddress(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");

  /** The locally administered prefix that QEMU and libvirt use for their guests. */
  private static final String QEMU_PREFIX = "52:54:00";

  /**
   * Validates the address; upper case is taken and stored as lower case.
   *
   * @param value six hexadecimal pairs joined by colons, any case
   * @throws InvalidSpec when it is malformed, multicast or all zero
   */
  public MacAddress {
    value = value.toLowerCase(Locale.ROOT);
    if (!FORM.matcher(value).matches()) {
      throw new InvalidSpec(
          "set a MAC address", "'" + value + "' is malformed", "write it like 52:54:00:12:34:56");
    }
    if ((Integer.parseInt(value.substring(0, 2), 16) & 1) != 0 || value.matches("[0:]+")) {
      throw new InvalidSpec(
          "set a MAC address",
          value + " is a multicast or null address",
          "the first byte must be even, as in " + QEMU_PREFIX + ":12:34:56");
    }
  }

  /**
   * {@return the address}
   *
   * @param value six hexadecimal pairs joined by colons
   * @throws InvalidSpec when it is malformed, multicast or all zero
   */
  public static MacAddress of(String value) {
    return new MacAddress(value);
  }

  /**
   * {@return the address that an interface of a machine gets by default: always the same for the
   * same name, so that a rebuilt machine keeps its lease}
   *
   * @param name the machine
   * @param index the interface, from 0
   */
  public static MacAddress derivedFrom(VmName name, int index) {
    byte[] hash =
        Digest.sha256((name.value() + "/" + index).getBytes(StandardCharsets.UTF_8)).raw();
    return new MacAddress(
        String.format("%s:%02x:%02x:%02x", QEMU_PREFIX, hash[0], hash[1], hash[2]));
  }

  /** {@return six lower-case hexadecimal pairs joined by colons} */
  @Override
  public String toString() {
    return value;
  }
}
