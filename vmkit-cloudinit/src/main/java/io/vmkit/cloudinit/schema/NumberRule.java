package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;

/**
 * A number within bounds.
 *
 * @param whole whether only integers do
 */
record NumberRule(boolean whole, long minimum, long maximum) implements Rule {
  @Override
  public void check(YamlValue value, Path path, Check check) {
    if (!admits(value.kind())) {
      check.wrongType(value, path, this);
    } else if (value.number() < minimum || value.number() > maximum) {
      check.error(path, value.position(), "out of range, write " + expected());
    }
  }

  @Override
  public boolean admits(Kind kind) {
    return kind == Kind.INT || (!whole && kind == Kind.FLOAT);
  }

  @Override
  public String expected() {
    String noun = whole ? "an integer" : "a number";
    if (maximum != Long.MAX_VALUE) {
      return noun + " from " + minimum + " to " + maximum;
    }
    return minimum == Long.MIN_VALUE ? noun : noun + " of at least " + minimum;
  }
}
