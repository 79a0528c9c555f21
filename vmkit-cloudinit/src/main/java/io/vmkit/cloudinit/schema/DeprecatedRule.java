package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;

/**
 * What is still taken, but should be written otherwise.
 *
 * @param since the release that said so first
 * @param instead what to write, in the imperative
 */
record DeprecatedRule(Rule rule, CloudInitVersion since, String instead) implements Rule {
  @Override
  public void check(YamlValue value, Path path, Check check) {
    check.warning(path, value.position(), "deprecated since " + since + "; " + instead);
    rule.check(value, path, check);
  }

  @Override
  public boolean admits(Kind kind) {
    return rule.admits(kind);
  }

  @Override
  public String expected() {
    return rule.expected();
  }
}
