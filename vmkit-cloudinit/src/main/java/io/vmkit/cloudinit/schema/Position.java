package io.vmkit.cloudinit.schema;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** A place in a text; both counts start at 1, and 0 stands for an unknown place. */
record Position(int line, int column) {
  static final Position UNKNOWN = new Position(0, 0);
  static final Position START = new Position(1, 1);

  static Position of(@Nullable Mark mark) {
    return mark == null ? UNKNOWN : new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
