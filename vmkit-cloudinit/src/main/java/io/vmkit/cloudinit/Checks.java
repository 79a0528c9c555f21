package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of the values that several parts of a seed share. */
final class Checks {
  private static final Pattern HOST_NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
  private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");
  private static final Pattern PUBLIC_KEY =
      Pattern.compile(
          "([^\\r\\n]* )?(ssh-[a-z0-9-]+|ecdsa-sha2-[a-z0-9-]+|sk-[a-z0-9@.-]+) [A-Za-z0-9+/]+=*"
              + "( [^\\r\\n]*)?");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern CIDR = Pattern.compile("([^/]+)/(\\d{1,3})");

  private Checks() {}

  /** A host name of RFC 1123 with or without a domain. */
  static String hostname(String name) {
    for (String label : name.split("\\.", -1)) {
      if (name.length() > 253 || !HOST_NAME.matcher(label).matches()) {
        throw new InvalidSpec(
            "set a host name",
            "'" + name + "' is no host name (RFC 1123)",
            "use letters, digits, inner hyphens and dots, 63 characters a label");
      }
    }
    return name;
  }

  /** A name that useradd and groupadd take. */
  static String account(String name) {
    if (!ACCOUNT.matcher(name).matches()) {
      throw new InvalidSpec(
          "name a user or group",
          "'" + name + "' is no account name",
          "use up to 32 letters, digits, '_', '-' and '.', not starting with a digit");
    }
    return name;
  }

  /** A line of authorized_keys. */
  static String publicKey(String line) {
    String stripped = line.strip();
    if (!PUBLIC_KEY.matcher(stripped).matches()) {
      throw new InvalidSpec(
          "authorize an SSH key",
          stripped.contains("PRIVATE KEY") ? "it is a private key" : "it is no public key",
          "give one line of a .pub file, as in: ssh-ed25519 AAAA… comment");
    }
    return stripped;
  }

  static String absolutePath(String attempted, String path) {
    if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
      throw new InvalidSpec(attempted, "'" + path + "' is not absolute", "start it with '/'");
    }
    return path;
  }

  static String notBlank(String attempted, String text) {
    if (text.isBlank()) {
      throw new InvalidSpec(attempted, "it is blank", "give some text");
    }
    return text;
  }

  /** An address of IPv4 or IPv6; never looks a name up. */
  static String ip(String text) {
    if (!isIp(text)) {
      throw new InvalidSpec(
          "set an address", "'" + text + "' is no IP address", "write 192.0.2.1 or 2001:db8::1");
    }
    return text;
  }

  /** An address with its prefix length. */
  static String cidr(String text) {
    Matcher matcher = CIDR.matcher(text);
    if (!matcher.matches()
        || !isIp(matcher.group(1))
        || Integer.parseInt(matcher.group(2)) > (text.contains(":") ? 128 : 32)) {
      throw new InvalidSpec(
          "set an address",
          "'" + text + "' is no address with a prefix length",
          "write 192.0.2.1/24 or 2001:db8::1/64");
    }
    return text;
  }

  private static boolean isIp(String text) {
    if (IPV4.matcher(text).matches()) {
      return true;
    }
    try {
      // A text with a colon, and only hexadecimal digits beside, is never looked up.
      return text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*") && InetAddress.getByName(text) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
