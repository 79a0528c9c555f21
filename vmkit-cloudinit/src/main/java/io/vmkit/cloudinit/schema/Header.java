package io.vmkit.cloudinit.schema;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the first lines of user-data say about the rest. Up to 23.1 the text has to begin with
 * {@code #cloud-config} to the letter; since 23.2 blanks before it and its case do not matter, and
 * other kinds of user-data pass unchecked.
 */
final class Header {
  private static final String CLOUD_CONFIG = "#cloud-config";
  private static final String JINJA = "## template: jinja";
  private static final CloudInitVersion EMPTY_PASSES = CloudInitVersion.of("23.4");
  private static final CloudInitVersion LENIENT = CloudInitVersion.of("23.2");

  /** Longer words first, as cloud-init tries them. */
  private static final List<String> OTHER_KINDS =
      List.of(
          "#cloud-config-archive",
          "#cloud-config-jsonp",
          "#cloud-boothook",
          "#include-once",
          "#part-handler",
          "#include",
          "#!",
          "text/x-shellscript-per-boot",
          "text/x-shellscript-per-instance",
          "text/x-shellscript-per-once");

  private Header() {}

  /**
   * What to do with a text.
   *
   * @param body the YAML, when there is some to check
   * @param skippedLines lines before the body
   */
  record Verdict(
      @Nullable String body,
      int skippedLines,
      @Nullable Finding error,
      @Nullable Finding warning) {}

  static Verdict read(String text, CloudInitVersion version) {
    if (text.isEmpty() && !version.isBefore(EMPTY_PASSES)) {
      return unchecked("the document is empty", 1);
    }
    boolean lenient = !version.isBefore(LENIENT);
    String start = lenient ? text.stripLeading().toLowerCase(Locale.ROOT) : text;
    if (text.stripLeading().toLowerCase(Locale.ROOT).startsWith(JINJA)) {
      return template(text, version);
    }
    if (lenient && OTHER_KINDS.stream().anyMatch(start::startsWith)) {
      return unchecked("this is no cloud-config, so it is not checked", 1);
    }
    if (start.startsWith(CLOUD_CONFIG)) {
      return new Verdict(text, 0, null, null);
    }
    String advice = "the first line must be " + CLOUD_CONFIG + " alone; write it above all else";
    return new Verdict(null, 0, finding(advice, 1), null);
  }

  /**
   * The rest of a template is checked when it holds no expression, for then it renders to itself.
   */
  private static Verdict template(String text, CloudInitVersion version) {
    int newline = text.indexOf('\n', text.indexOf("##"));
    String rest = newline < 0 ? "" : text.substring(newline + 1);
    if (rest.contains("{{") || rest.contains("{%") || rest.contains("{#")) {
      return unchecked("a jinja template can only be checked in the guest, once rendered", 1);
    }
    if (rest.stripLeading().toLowerCase(Locale.ROOT).startsWith(JINJA)) {
      return new Verdict(null, 0, finding("a second template header; remove it", 2), null);
    }
    int skipped = (int) text.chars().limit(newline + 1L).filter(c -> c == '\n').count();
    Verdict inner = read(rest, version);
    return new Verdict(inner.body(), skipped, inner.error(), inner.warning());
  }

  private static Verdict unchecked(String why, int line) {
    return new Verdict(null, 0, null, finding(why, line));
  }

  private static Finding finding(String message, int line) {
    return new Finding("", line, 1, message);
  }
}
