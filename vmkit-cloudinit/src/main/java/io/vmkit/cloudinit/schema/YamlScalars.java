package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Scalars as PyYAML's SafeConstructor makes them from a tag and a text. */
final class YamlScalars {
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4})-(\\d{1,2})-(\\d{1,2})"
              + "(?:(?:[Tt]|[ \\t]+)(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.\\d*)?"
              + "(?:[ \\t]*(?:Z|[-+](\\d{1,2})(?::\\d{2})?))?)?");

  private YamlScalars() {}

  /**
   * {@return the value of a scalar}
   *
   * @param textTags the tags that stand for text
   */
  static YamlValue read(ScalarNode node, Path path, Set<Tag> textTags) throws YamlFault {
    Position position = Position.of(node.getStartMark());
    String text = node.getValue();
    Tag tag = node.getTag();
    try {
      if (textTags.contains(tag)) {
        return YamlValue.scalar(Kind.TEXT, position, text);
      } else if (tag.equals(Tag.BOOL)) {
        return flag(position, text);
      } else if (tag.equals(Tag.INT)) {
        return YamlValue.number(Kind.INT, position, text, integer(text).doubleValue());
      } else if (tag.equals(Tag.FLOAT)) {
        return YamlValue.number(Kind.FLOAT, position, text, decimal(text));
      } else if (tag.equals(Tag.NULL)) {
        return YamlValue.scalar(Kind.NULL, position, "");
      } else if (tag.equals(Tag.TIMESTAMP)) {
        checkTimestamp(text);
        return YamlValue.scalar(Kind.DATE, position, text);
      } else if (tag.equals(Tag.BINARY)) {
        checkBase64(text);
        return YamlValue.scalar(Kind.BYTES, position, text);
      }
    } catch (IllegalArgumentException | DateTimeException refused) {
      throw new YamlFault(path, position, unfit(tag));
    }
    throw new YamlFault(path, position, unknown(tag));
  }

  private static String unfit(Tag tag) {
    String type = tag.getValue().substring(Tag.PREFIX.length());
    return "looks like a YAML " + type + " but is none; put the value in quotes if it is text";
  }

  private static String unknown(Tag tag) {
    if (tag.equals(PyYamlResolver.VALUE)) {
      return "a bare = has a special meaning in YAML 1.1; put it in quotes";
    }
    return "the tag "
        + Path.shown(tag.getValue())
        + " is not one that cloud-init reads; leave it out, or quote a text that begins with !";
  }

  private static YamlValue flag(Position position, String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (word.equals("yes") || word.equals("true") || word.equals("on")) {
      return YamlValue.scalar(Kind.FLAG, position, "true");
    }
    if (word.equals("no") || word.equals("false") || word.equals("off")) {
      return YamlValue.scalar(Kind.FLAG, position, "false");
    }
    throw new IllegalArgumentException("not a boolean");
  }

  /** Octal is 0644, binary 0b11, hexadecimal 0x1f, and 1:30 counts in sixties. */
  private static BigInteger integer(String text) {
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    BigInteger magnitude = magnitude(digits);
    return negative ? magnitude.negate() : magnitude;
  }

  private static BigInteger magnitude(String digits) {
    if (digits.startsWith("0b")) {
      return new BigInteger(digits.substring(2), 2);
    } else if (digits.startsWith("0x")) {
      return new BigInteger(digits.substring(2), 16);
    } else if (digits.startsWith("0")) {
      return new BigInteger(digits, 8);
    }
    BigInteger sum = BigInteger.ZERO;
    for (String part : digits.split(":", -1)) {
      sum = sum.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
    }
    return sum;
  }

  private static double decimal(String text) {
    String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
    double sign = digits.startsWith("-") ? -1 : 1;
    if (digits.startsWith("-") || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    if (digits.equals(".inf")) {
      return sign * Double.POSITIVE_INFINITY;
    } else if (digits.equals(".nan")) {
      return Double.NaN;
    }
    double sum = 0;
    for (String part : digits.split(":", -1)) {
      sum = sum * 60 + Double.parseDouble(part);
    }
    return sign * sum;
  }

  private static void checkTimestamp(String text) {
    Matcher matcher = TIMESTAMP.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a timestamp");
    }
    int year = Integer.parseInt(matcher.group(1));
    LocalDate.of(year, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
    boolean outside = year == 0;
    if (matcher.group(4) != null) {
      LocalTime.of(
          Integer.parseInt(matcher.group(4)),
          Integer.parseInt(matcher.group(5)),
          Integer.parseInt(matcher.group(6)));
      outside |= matcher.group(7) != null && Integer.parseInt(matcher.group(7)) > 23;
    }
    if (outside) {
      throw new IllegalArgumentException("outside Python's calendar");
    }
  }

  /** Python decodes leniently: what is no base64 character is passed over. */
  private static void checkBase64(String text) {
    String digits = text.replaceAll("[^A-Za-z0-9+/]", "");
    boolean padded = (digits.length() + text.length() - text.replace("=", "").length()) % 4 == 0;
    if (!text.chars().allMatch(c -> c < 128) || !padded) {
      throw new IllegalArgumentException("not base64");
    }
    Base64.getMimeDecoder().decode(digits);
  }
}
