package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
    Optional<Check> nearest = nearest(value, path, check);
    if (nearest.isPresent()) {
      check.adopt(nearest.get());
    } else {
      check.wrongType(value, path, this);
    }
  }

  /** The complaints of the alternative that was most likely meant, when one stands out. */
  private Optional<Check> nearest(YamlValue value, Path path, Check check) {
    List<Rule> possible = alternatives.stream().filter(rule -> rule.admits(value.kind())).toList();
    List<Rule> claiming =
        possible.stream().filter(rule -> rule instanceof MapRule map && map.claims(value)).toList();
    return (claiming.isEmpty() ? possible : claiming)
        .stream()
            .map(
                rule -> {
                  Check attempt = check.attempt();
                  rule.check(value, path, attempt);
                  return attempt;
                })
            .min(Comparator.comparingInt(attempt -> attempt.errors().size()));
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
