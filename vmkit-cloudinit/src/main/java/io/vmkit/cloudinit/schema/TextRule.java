package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;

/** Text of a certain form. */
record TextRule(TextForm form) implements Rule {
  @Override
  public void check(YamlValue value, Path path, Check check) {
    if (!value.isText()) {
      check.wrongType(value, path, this);
    } else if (!form.fits(value)) {
      String message = "the text is not well formed, write " + expected();
      if (form.advisory()) {
        check.warning(path, value.position(), message);
      } else {
        check.error(path, value.position(), message);
      }
    }
  }

  @Override
  public boolean admits(Kind kind) {
    return kind == Kind.TEXT || kind == Kind.BYTES;
  }

  @Override
  public String expected() {
    return form.expected();
  }
}
