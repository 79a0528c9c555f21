package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.MapRule.Named;
import io.vmkit.cloudinit.schema.MapRule.Unknown;
import io.vmkit.cloudinit.schema.YamlValue.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a mapping of a rule file: the keys of a document, and directives that begin with a dot. */
final class RuleMapping {
  private final RuleFile file;
  private final CloudInitVersion version;

  RuleMapping(RuleFile file, CloudInitVersion version) {
    this.file = file;
    this.version = version;
  }

  /** {@return the rule, unless it does not hold in this release} */
  Optional<Rule> read(YamlValue described) {
    Map<String, Field> entries = described.fields();
    RuleModifiers modifiers = modifiers(entries);
    if (!modifiers.existsIn(version)) {
      return Optional.empty();
    }
    Field of = entries.get(".of");
    Rule rule = of == null ? mapping(entries) : file.rule(of.value()).orElseThrow();
    String bounds = text(entries, ".list");
    Rule whole = bounds == null ? rule : RuleExpression.list(rule, bounds, false);
    return Optional.of(modifiers.deprecate(whole, version));
  }

  private static RuleModifiers modifiers(Map<String, Field> entries) {
    List<String> parts = new ArrayList<>();
    for (String name : List.of("since", "until", "deprecated")) {
      String value = text(entries, "." + name);
      if (value != null) {
        parts.add(name + " " + value);
      }
    }
    return RuleModifiers.parse(String.join(", ", parts));
  }

  private Rule mapping(Map<String, Field> entries) {
    Map<String, Rule> fields = new LinkedHashMap<>();
    Set<String> required = new LinkedHashSet<>();
    List<Named> named = new ArrayList<>();
    for (Map.Entry<String, Field> entry : entries.entrySet()) {
      String key = entry.getKey();
      if (key.startsWith(".")) {
        continue;
      }
      RuleExpression.Parsed parsed = file.parse(entry.getValue().value());
      String name = key.endsWith("!") ? key.substring(0, key.length() - 1) : key;
      if (parsed.rule().isEmpty()) {
        continue;
      }
      Rule rule = parsed.rule().get();
      if (name.startsWith("<")) {
        String pattern = name.substring(1, name.length() - 1);
        named.add(new Named(TextForm.wholeMatch(pattern), rule));
      } else {
        fields.put(name, rule);
        if (key.endsWith("!") || parsed.required()) {
          required.add(name);
        }
      }
    }
    Field others = entries.get(".others");
    String atLeast = text(entries, ".at-least");
    return new MapRule(
        Collections.unmodifiableMap(fields),
        List.copyOf(named),
        others == null ? null : file.rule(others.value()).orElseThrow(),
        unknown(text(entries, ".unknown")),
        Collections.unmodifiableSet(required),
        choice(text(entries, ".exactly-one"), fields.keySet()),
        choice(text(entries, ".any-of"), fields.keySet()),
        atLeast == null ? 0 : Integer.parseInt(atLeast));
  }

  private Unknown unknown(@Nullable String policies) {
    if (policies == null) {
      return Unknown.REFUSE;
    }
    for (String policy : policies.split(" \\| ", -1)) {
      int space = policy.indexOf(" (");
      String word = space < 0 ? policy : policy.substring(0, space);
      String when = space < 0 ? "" : policy.substring(space + 2, policy.length() - 1);
      if (RuleModifiers.parse(when).existsIn(version)) {
        return Unknown.valueOf(word.toUpperCase(Locale.ROOT));
      }
    }
    return Unknown.REFUSE;
  }

  /** A choice among keys, of those that this release knows. */
  private static List<Set<String>> choice(@Nullable String keys, Set<String> known) {
    if (keys == null) {
      return List.of();
    }
    Set<String> choice = new LinkedHashSet<>(List.of(keys.split(", ", -1)));
    choice.retainAll(known);
    return List.of(Collections.unmodifiableSet(choice));
  }

  private static @Nullable String text(Map<String, Field> entries, String directive) {
    Field field = entries.get(directive);
    return field == null ? null : field.value().text();
  }
}
