package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A form that text can have to follow.
 *
 * @param expected what to write, as a noun
 * @param test whether a text follows it
 * @param advisory whether cloud-init lets other text pass, so that it deserves a warning only
 */
record TextForm(String expected, Predicate<String> test, boolean advisory) {
  private static final Pattern HOSTNAME =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9]{0,62}[A-Za-z0-9])?(\\.[-A-Za-z0-9]{1,63})*\\.?");

  /** The forms that a pattern alone cannot tell, by the names that the rules use for them. */
  static final Map<String, TextForm> BUILT_IN =
      Map.of(
          "date", new TextForm("a date like 2030-12-31, in quotes", IsoDate::isValid, false),
          "uri", new TextForm("a URI like https://host/path", TextForm::isUri, true),
          "hostname", new TextForm("a host name or IP address", TextForm::isHost, true),
          "ip", new TextForm("an IP address", IpText::isAddress, false),
          "cidr", new TextForm("an IP address with prefix like 10.0.0.5/24", IpText::isCidr, false),
          "ip-or-cidr", new TextForm("an IP address, with prefix or not", IpText::isEither, false));

  /** A form given by a pattern, which has to match the whole text as Python's {@code ^…$} does. */
  static TextForm matching(String regex, String expected) {
    return new TextForm(expected, wholeMatch(regex), false);
  }

  static Predicate<String> wholeMatch(String regex) {
    return Pattern.compile("^(?:" + regex + ")$", Pattern.UNIX_LINES).asPredicate();
  }

  /** Python cannot match bytes against a pattern: cloud-init ends with a TypeError. */
  boolean fits(YamlValue value) {
    return value.kind() == Kind.TEXT ? test.test(value.text()) : advisory;
  }

  private static boolean isUri(String text) {
    int colon = text.indexOf(':');
    return colon > 0
        && text.substring(0, colon).matches("[A-Za-z][-+.A-Za-z0-9]*")
        && text.chars().noneMatch(c -> c <= ' ');
  }

  private static boolean isHost(String text) {
    return HOSTNAME.matcher(text).matches() || IpText.isAddress(text);
  }
}
