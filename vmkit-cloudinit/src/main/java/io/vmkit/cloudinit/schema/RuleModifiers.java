package io.vmkit.cloudinit.schema;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * In which releases a rule holds, and from which on it is deprecated or a key is required.
 *
 * @param until the first release without it
 */
record RuleModifiers(
    @Nullable CloudInitVersion since,
    @Nullable CloudInitVersion until,
    @Nullable CloudInitVersion requiredSince,
    @Nullable CloudInitVersion deprecatedSince,
    String instead) {
  private static final Pattern ONE =
      Pattern.compile("(since|until|required since) ([0-9.]+)(?:, )?");
  private static final Pattern DEPRECATED = Pattern.compile("deprecated ([0-9.]+) (.+)");

  static RuleModifiers parse(String text) {
    CloudInitVersion since = null;
    CloudInitVersion until = null;
    CloudInitVersion required = null;
    String rest = text;
    for (Matcher one = ONE.matcher(rest); one.lookingAt(); one = ONE.matcher(rest)) {
      CloudInitVersion version = CloudInitVersion.of(one.group(2));
      switch (one.group(1)) {
        case "since" -> since = version;
        case "until" -> until = version;
        default -> required = version;
      }
      rest = rest.substring(one.end());
    }
    if (rest.isEmpty()) {
      return new RuleModifiers(since, until, required, null, "");
    }
    Matcher deprecated = DEPRECATED.matcher(rest);
    if (!deprecated.matches()) {
      throw new IllegalArgumentException(text);
    }
    CloudInitVersion version = CloudInitVersion.of(deprecated.group(1));
    return new RuleModifiers(since, until, required, version, deprecated.group(2));
  }

  boolean existsIn(CloudInitVersion version) {
    return (since == null || !version.isBefore(since))
        && (until == null || version.isBefore(until));
  }

  boolean requiredIn(CloudInitVersion version) {
    return requiredSince != null && !version.isBefore(requiredSince);
  }

  Rule deprecate(Rule rule, CloudInitVersion version) {
    return deprecatedSince == null || version.isBefore(deprecatedSince)
        ? rule
        : new DeprecatedRule(rule, deprecatedSince, instead);
  }
}
