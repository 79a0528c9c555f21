package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.util.ArrayList;
import java.util.List;

/** What one walk over a document has found so far. */
final class Check {
  /** Values looked at, aliases followed; far above any real document. */
  private static final int MAX_VISITS = 2_000_000;

  private final List<Finding> errors = new ArrayList<>();
  private final List<Finding> warnings = new ArrayList<>();
  private final int[] visitsLeft;

  Check() {
    this(new int[] {MAX_VISITS});
  }

  private Check(int[] visitsLeft) {
    this.visitsLeft = visitsLeft;
  }

  /** {@return a walk of its own for trying one alternative, on the same allowance} */
  Check attempt() {
    return new Check(visitsLeft);
  }

  /** Takes over what an attempt has found. */
  void adopt(Check attempt) {
    errors.addAll(attempt.errors);
    warnings.addAll(attempt.warnings);
  }

  /** {@return whether another value may be looked at; false once the document proved absurd} */
  boolean visit() {
    return visitsLeft[0]-- > 0;
  }

  /** {@return whether the walk was broken off, so that the findings say little} */
  boolean brokenOff() {
    return visitsLeft[0] < 0;
  }

  void error(Path path, Position position, String message) {
    errors.add(Finding.at(path, position, message));
  }

  void warning(Path path, Position position, String message) {
    warnings.add(Finding.at(path, position, message));
  }

  /** Reports a value of the wrong type, with the usual reason for it. */
  void wrongType(YamlValue value, Path path, Rule rule) {
    error(
        path,
        value.position(),
        "found " + value.kind().noun() + ", write " + rule.expected() + hint(value.kind(), rule));
  }

  private static String hint(Kind found, Rule rule) {
    boolean readAsOther =
        switch (found) {
          case FLAG, INT, FLOAT, DATE -> true;
          default -> false;
        };
    if (readAsOther && rule.admits(Kind.TEXT)) {
      return " (in quotes: unquoted yes, no, on, off, numbers and dates are no text in YAML)";
    }
    if (found == Kind.TEXT && (rule.admits(Kind.FLAG) || rule.admits(Kind.INT))) {
      return " (without quotes)";
    }
    if (found == Kind.MAP && rule.admits(Kind.LIST)) {
      return " (each item on a line of its own after \"- \")";
    }
    return "";
  }

  List<Finding> errors() {
    return errors;
  }

  List<Finding> warnings() {
    return warnings;
  }
}
