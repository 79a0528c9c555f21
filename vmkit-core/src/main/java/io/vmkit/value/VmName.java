package io.vmkit.value;

import io.vmkit.error.InvalidSpec;
import java.util.regex.Pattern;

/**
 * The name of a machine that vmkit makes. It is also the machine's host name unless that is given,
 * so it follows RFC 1123: labels of letters, digits and inner hyphens joined by dots, 63 characters
 * at most in all.
 *
 * @param value the name as given
 */
public record VmName(String value) implements Comparable<VmName> {
  private static final int MAX_LENGTH = 63;
  private static final Pattern HOST_NAME =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

  /**
   * Validates the name.
   *
   * @param value the name
   * @throws InvalidSpec when it is empty, too long or no host name
   */
  public VmName {
    if (value.length() > MAX_LENGTH) {
      throw new InvalidSpec(
          "name a vm",
          "the name has " + value.length() + " characters, at most " + MAX_LENGTH + " can be used",
          "shorten it: " + value.substring(0, 20) + "…");
    }
    if (!HOST_NAME.matcher(value).matches()) {
      throw new InvalidSpec(
          "name a vm",
          "'" + value + "' is no host name (RFC 1123)",
          "use letters, digits, inner hyphens and dots");
    }
  }

  /**
   * {@return the name}
   *
   * @param value the name
   * @throws InvalidSpec when it is empty, too long or no host name
   */
  public static VmName of(String value) {
    return new VmName(value);
  }

  @Override
  public int compareTo(VmName other) {
    return value.compareTo(other.value);
  }

  /** {@return the name itself} */
  @Override
  public String toString() {
    return value;
  }
}
