package io.vmkit.cloudinit.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IP addresses as Python's {@code ipaddress} reads them; no name is ever looked up. */
final class IpText {
  private static final Pattern V4 =
      Pattern.compile(
          "(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");
  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

  private IpText() {}

  static boolean isAddress(String text) {
    return isV4(text) || isV6(text);
  }

  static boolean isEither(String text) {
    return isAddress(text) || isCidr(text);
  }

  static boolean isCidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return false;
    }
    String address = text.substring(0, slash);
    int prefix = Integer.parseInt(text.substring(slash + 1));
    return (isV4(address) && prefix <= 32) || (isV6(address) && prefix <= 128);
  }

  static boolean isV4(String text) {
    Matcher matcher = V4.matcher(text);
    if (!matcher.matches()) {
      return false;
    }
    for (int i = 1; i <= 4; i++) {
      if (Integer.parseInt(matcher.group(i)) > 255) {
        return false;
      }
    }
    return true;
  }

  /** RFC 4291, section 2.2: eight groups, one run of zeros as ::, the last two as an IPv4. */
  static boolean isV6(String text) {
    int zone = text.indexOf('%');
    String address = zone > 0 ? text.substring(0, zone) : text;
    int gap = address.indexOf("::");
    if (gap < 0) {
      return groups(address, true) == 8;
    }
    int before = groups(address.substring(0, gap), false);
    int after = groups(address.substring(gap + 2), true);
    return before >= 0 && after >= 0 && before + after <= 7;
  }

  /** {@return how many 16-bit groups the text holds, or -1 when it is malformed} */
  private static int groups(String text, boolean mayEndInV4) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      if (mayEndInV4 && i == parts.length - 1 && isV4(parts[i])) {
        count += 2;
      } else if (GROUP.matcher(parts[i]).matches()) {
        count++;
      } else {
        return -1;
      }
    }
    return count;
  }
}
