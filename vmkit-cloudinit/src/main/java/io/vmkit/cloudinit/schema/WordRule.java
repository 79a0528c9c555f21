package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.util.List;
import java.util.Optional;

/**
 * One of a few fixed words, which may include true and false.
 *
 * @param texts the words that are text
 * @param flags the booleans among the choices, as "true" and "false"
 */
record WordRule(List<String> texts, List<String> flags) implements Rule {
  /** {@return whether the value is one of the words} */
  boolean matches(YamlValue value) {
    return switch (value.kind()) {
      case TEXT -> texts.contains(value.text());
      case FLAG -> flags.contains(value.text());
      default -> false;
    };
  }

  @Override
  public void check(YamlValue value, Path path, Check check) {
    if (matches(value)) {
      return;
    }
    if (!admits(value.kind())) {
      check.wrongType(value, path, this);
      return;
    }
    Optional<String> near = Spelling.nearest(value.text(), texts);
    check.error(
        path,
        value.position(),
        near.map(word -> "did you mean " + word + "? ").orElse("not a known word; ")
            + "write "
            + expected());
  }

  @Override
  public boolean admits(Kind kind) {
    return (kind == Kind.TEXT && !texts.isEmpty()) || (kind == Kind.FLAG && !flags.isEmpty());
  }

  @Override
  public String expected() {
    StringBuilder words = new StringBuilder(String.join(", ", flags));
    for (String text : texts) {
      words.append(words.isEmpty() ? "" : ", ").append(text);
    }
    return texts.size() + flags.size() == 1 ? words.toString() : "one of " + words;
  }
}
