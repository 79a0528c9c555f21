package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.util.Set;

/** A value of one of some types, whatever it says. */
record KindRule(String expected, Set<Kind> kinds) implements Rule {
  @Override
  public void check(YamlValue value, Path path, Check check) {
    if (!admits(value.kind())) {
      check.wrongType(value, path, this);
    }
  }

  @Override
  public boolean admits(Kind kind) {
    return kinds.contains(kind);
  }
}
