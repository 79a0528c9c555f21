package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Field;
import io.vmkit.cloudinit.schema.YamlValue.Kind;
import io.vmkit.cloudinit.schema.YamlValue.OddKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A mapping.
 *
 * @param fields the known keys
 * @param named rules for keys of a certain form
 * @param others the rule for every other key, when there is one
 * @param unknown what becomes of keys that no rule covers
 * @param required keys that must be there
 * @param exactlyOne sets of keys of which one and only one must be there
 * @param anyOf sets of keys of which at least one must be there
 * @param minimumKeys how many keys there must be
 */
record MapRule(
    Map<String, Rule> fields,
    List<Named> named,
    @Nullable Rule others,
    Unknown unknown,
    Set<String> required,
    List<Set<String>> exactlyOne,
    List<Set<String>> anyOf,
    int minimumKeys)
    implements Rule {

  /** What becomes of a key that no rule covers. */
  enum Unknown {
    /** An error: cloud-init's schema refuses it. */
    REFUSE,
    /** A warning: cloud-init ignores it, so it is probably a slip. */
    WARN,
    /** Nothing: the keys are not cloud-init's. */
    PASS
  }

  /** A rule for all keys of a certain form. */
  record Named(Predicate<String> name, Rule rule) {}

  @Override
  public void check(YamlValue value, Path path, Check check) {
    if (value.kind() != Kind.MAP) {
      check.wrongType(value, path, this);
      return;
    }
    checkPresence(value, path, check);
    value.fields().forEach((key, field) -> checkField(key, field, path, check));
    value.oddKeys().forEach(key -> checkOddKey(key, path, check));
  }

  private void checkPresence(YamlValue value, Path path, Check check) {
    Set<String> present = value.fields().keySet();
    for (String key : required) {
      if (!present.contains(key)) {
        check.error(path, value.position(), "lacks the key " + key + "; add it");
      }
    }
    for (Set<String> choice : exactlyOne) {
      long count = choice.stream().filter(present::contains).count();
      if (count != 1) {
        String fault = count == 0 ? "lacks one of the keys " : "has more than one of the keys ";
        check.error(
            path, value.position(), fault + String.join(", ", choice) + "; write exactly one");
      }
    }
    for (Set<String> choice : anyOf) {
      if (choice.stream().noneMatch(present::contains)) {
        check.error(path, value.position(), "lacks a key; add one of " + String.join(", ", choice));
      }
    }
    if (value.keyCount() < minimumKeys) {
      check.error(path, value.position(), "is empty; write at least one key or leave it out");
    }
  }

  private void checkField(String key, Field field, Path path, Check check) {
    Path place = path.field(key);
    Rule rule = ruleOf(key);
    if (!check.visit()) {
      return;
    }
    if (rule != null) {
      rule.check(field.value(), place, check);
    } else {
      reportUnknown(key, field, place, check);
    }
  }

  private @Nullable Rule ruleOf(String key) {
    Rule rule = fields.get(key);
    if (rule != null) {
      return rule;
    }
    for (Named each : named) {
      if (each.name().test(key)) {
        return each.rule();
      }
    }
    return others;
  }

  private void reportUnknown(String key, Field field, Path place, Check check) {
    Optional<String> near = Spelling.nearest(key, fields.keySet());
    String advice = near.map(known -> "; did you mean " + known + "?").orElse("");
    if (unknown == Unknown.REFUSE) {
      String known =
          fields.isEmpty() ? "" : "; the keys here are " + String.join(", ", fields.keySet());
      check.error(place, field.position(), "unknown key" + (near.isPresent() ? advice : known));
    } else if (unknown == Unknown.WARN) {
      check.warning(place, field.position(), "unknown key, cloud-init ignores it" + advice);
    }
  }

  /** Python matches keys against patterns as text, and ends with a TypeError on anything else. */
  private void checkOddKey(OddKey key, Path path, Check check) {
    String message = "a key is read as " + key.kind().noun() + "; put it in quotes";
    if (!named.isEmpty()) {
      check.error(path, key.position(), message);
    } else if (others != null) {
      others.check(key.value(), path, check);
    } else if (unknown == Unknown.REFUSE) {
      check.error(path, key.position(), message);
    } else if (unknown == Unknown.WARN) {
      check.warning(path, key.position(), message);
    }
  }

  @Override
  public boolean admits(Kind kind) {
    return kind == Kind.MAP;
  }

  @Override
  public String expected() {
    return fields.isEmpty()
        ? "a mapping"
        : "a mapping of " + String.join(", ", fields.keySet().stream().limit(12).toList());
  }
}
