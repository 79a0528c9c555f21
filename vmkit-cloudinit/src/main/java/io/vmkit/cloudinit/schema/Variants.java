package io.vmkit.cloudinit.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Kinds of mapping of which the value has to be one, told apart by a word such as their type. */
record Variants(List<MapRule> kinds) {
  /** {@return the rules as variants, when all of them are mappings} */
  static Optional<Variants> of(List<Rule> rules) {
    List<MapRule> kinds = new ArrayList<>();
    for (Rule rule : rules) {
      Rule plain = rule instanceof DeprecatedRule deprecated ? deprecated.rule() : rule;
      if (plain instanceof MapRule map) {
        kinds.add(map);
      }
    }
    return kinds.size() == rules.size() ? Optional.of(new Variants(kinds)) : Optional.empty();
  }

  /** Complains about the word when it names no kind, else about what that kind lacks. */
  void complain(YamlValue value, Path path, Check check) {
    Optional<String> discriminator = discriminator();
    if (discriminator.isEmpty()) {
      EitherRule.fewestErrors(kinds, value, path, check);
      return;
    }
    String key = discriminator.get();
    YamlValue.Field field = value.fields().get(key);
    List<MapRule> claiming =
        kinds.stream()
            .filter(kind -> field != null && word(kind, key).matches(field.value()))
            .toList();
    if (!claiming.isEmpty()) {
      EitherRule.fewestErrors(claiming, value, path, check);
    } else if (field == null && kinds.stream().anyMatch(kind -> !kind.required().contains(key))) {
      EitherRule.fewestErrors(kinds, value, path, check);
    } else if (field == null) {
      check.error(
          path, value.position(), "lacks the key " + key + ", write " + words(key).expected());
    } else {
      words(key).check(field.value(), path.field(key), check);
    }
  }

  /** {@return the key that holds a word in each kind} */
  private Optional<String> discriminator() {
    return kinds.get(0).fields().keySet().stream()
        .filter(key -> kinds.stream().allMatch(kind -> kind.fields().get(key) instanceof WordRule))
        .findFirst();
  }

  private static WordRule word(MapRule kind, String key) {
    return kind.fields().get(key) instanceof WordRule word
        ? word
        : new WordRule(List.of(), List.of());
  }

  private WordRule words(String key) {
    return new WordRule(
        kinds.stream().flatMap(kind -> word(kind, key).texts().stream()).toList(),
        kinds.stream().flatMap(kind -> word(kind, key).flags().stream()).toList());
  }
}
