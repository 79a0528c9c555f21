package io.vmkit.qmp.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages as text for people: bounded, and without the values that may be secret. */
final class Redacted {
  private static final int MAX_CHARS = 400;
  private static final String HIDDEN = "\"***\"";

  /**
   * Names whose values never show: key material and passwords, what goes into and comes out of a
   * guest's files and processes, and keys as they are typed.
   */
  private static final Set<String> SECRET_NAMES =
      Set.of(
          "buf-b64",
          "content",
          "env",
          "err-data",
          "input-data",
          "key",
          "keyid",
          "keys",
          "out-data");

  private static final String[] SECRET_PARTS = {"passw", "passphrase", "secret", "token"};

  private final StringBuilder text = new StringBuilder();

  private Redacted() {}

  /** {@return the value as JSON for people, cut where it gets long} */
  static String text(@Nullable Object value) {
    Redacted redacted = new Redacted();
    redacted.add(value);
    if (redacted.full()) {
      redacted.text.setLength(MAX_CHARS);
      redacted.text.append('…');
    }
    return redacted.text.toString();
  }

  private boolean full() {
    return text.length() > MAX_CHARS;
  }

  private void add(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      addObject(map.entrySet().iterator());
    } else if (value instanceof JsonNode node && node.isObject()) {
      addObject(node.properties().iterator());
    } else if (value instanceof JsonNode node && !node.isArray()) {
      addScalar(node.isTextual() ? node.textValue() : node.asText());
    } else if (value instanceof Iterable<?> items) {
      addArray(items.iterator());
    } else {
      addScalar(value);
    }
  }

  private void addObject(Iterator<? extends Map.Entry<?, ?>> entries) {
    text.append('{');
    for (String comma = ""; entries.hasNext() && !full(); comma = ", ") {
      Map.Entry<?, ?> entry = entries.next();
      String name = String.valueOf(entry.getKey());
      text.append(comma).append('"').append(name).append("\": ");
      if (secret(name, entry.getValue())) {
        text.append(HIDDEN);
      } else {
        add(entry.getValue());
      }
    }
    text.append('}');
  }

  private void addArray(Iterator<?> items) {
    text.append('[');
    for (String comma = ""; items.hasNext() && !full(); comma = ", ") {
      text.append(comma);
      add(items.next());
    }
    text.append(']');
  }

  private void addScalar(@Nullable Object value) {
    if (value instanceof CharSequence chars) {
      text.append('"').append(chars, 0, Math.min(chars.length(), MAX_CHARS)).append('"');
    } else {
      text.append(value);
    }
  }

  private static boolean secret(String name, @Nullable Object value) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET_NAMES.contains(lower)
        || hints(lower)
        || (lower.equals("data") && isText(value))
        || (lower.equals("command-line") && hints(String.valueOf(value)));
  }

  /** {@code object-add} of a {@code secret} has its secret in {@code data}; so do ring buffers. */
  private static boolean isText(@Nullable Object value) {
    return value instanceof CharSequence || (value instanceof JsonNode node && node.isTextual());
  }

  private static boolean hints(String lower) {
    for (String part : SECRET_PARTS) {
      if (lower.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
