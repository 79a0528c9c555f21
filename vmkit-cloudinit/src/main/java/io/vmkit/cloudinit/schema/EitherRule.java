package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** One of several rules; the first that the value satisfies counts. */
record EitherRule(List<Rule> alternatives) implements Rule {
  @Override
  public void check(YamlValue value, Path path, Check check) {
    for (Rule alternative : alternatives) {
      if (alternative.admits(value.kind())) {
        Check attempt = check.attempt();
        alternative.check(value, path, attempt);
        if (attempt.errors().isEmpty()) {
          check.adopt(attempt);
          return;
        }
      }
    }
    complain(value, path, check);
  }

  /** Says what is wrong in the words of the alternative that was most likely meant. */
  private void complain(YamlValue value, Path path, Check check) {
    List<Rule> possible = alternatives.stream().filter(r -> r.admits(value.kind())).toList();
    if (possible.isEmpty()) {
      check.wrongType(value, path, this);
    } else if (possible.size() == 1) {
      possible.get(0).check(value, path, check);
    } else if (value.kind() == Kind.MAP || value.kind() == Kind.LIST) {
      Variants.of(possible)
          .ifPresentOrElse(
              variants -> variants.complain(value, path, check),
              () -> fewestErrors(possible, value, path, check));
    } else {
      check.error(path, value.position(), "not one of the forms allowed, write " + expected());
    }
  }

  static void fewestErrors(List<? extends Rule> rules, YamlValue value, Path path, Check check) {
    rules.stream()
        .map(
            rule -> {
              Check attempt = check.attempt();
              rule.check(value, path, attempt);
              return attempt;
            })
        .min(Comparator.comparingInt(attempt -> attempt.errors().size()))
        .ifPresent(check::adopt);
  }

  @Override
  public boolean admits(Kind kind) {
    return alternatives.stream().anyMatch(rule -> rule.admits(kind));
  }

  @Override
  public String expected() {
    return alternatives.stream()
        .filter(rule -> !(rule instanceof DeprecatedRule))
        .map(Rule::expected)
        .distinct()
        .collect(Collectors.joining(" or "));
  }
}
