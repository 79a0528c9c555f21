package io.vmkit.cloudinit.schema;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a value stands in its document; written out only when there is something to report. */
final class Path {
  static final Path ROOT = new Path(null, "", -1);

  private static final Pattern PLAIN = Pattern.compile("[\\w/+-]+");
  private static final int SHOWN_CHARACTERS = 60;

  private final @Nullable Path parent;
  private final String key;
  private final int index;

  private Path(@Nullable Path parent, String key, int index) {
    this.parent = parent;
    this.key = key;
    this.index = index;
  }

  Path field(String name) {
    return new Path(this, name, -1);
  }

  Path item(int position) {
    return new Path(this, "", position);
  }

  /** {@return a key fit to be shown: of bounded length and without control characters} */
  static String shown(String key) {
    String clean = key.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= SHOWN_CHARACTERS ? clean : clean.substring(0, SHOWN_CHARACTERS) + "…";
  }

  @Override
  public String toString() {
    if (parent == null) {
      return "";
    }
    String before = parent.toString();
    if (index >= 0) {
      return before + "[" + index + "]";
    }
    if (!PLAIN.matcher(key).matches()) {
      return before + "[\"" + shown(key) + "\"]";
    }
    return before.isEmpty() ? shown(key) : before + "." + shown(key);
  }
}
