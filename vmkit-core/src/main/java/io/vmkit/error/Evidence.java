package io.vmkit.error;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What was known when something went wrong, by source: QEMU's stderr, the end of the serial log,
 * what each wait condition had seen last. Immutable; sources keep their order.
 */
public final class Evidence implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Evidence NONE = new Evidence(Map.of());

  private final LinkedHashMap<String, String> bySource;

  private Evidence(Map<String, String> bySource) {
    this.bySource = new LinkedHashMap<>(bySource);
  }

  /** {@return no evidence} */
  public static Evidence none() {
    return NONE;
  }

  /**
   * {@return this evidence with one more source}
   *
   * @param source where it comes from, such as {@code "serial console"}
   * @param text what it says, bounded by the caller; blank text is left out
   */
  public Evidence with(String source, String text) {
    if (text.isBlank()) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(bySource);
    more.put(source, text.strip());
    return new Evidence(more);
  }

  /**
   * {@return this evidence followed by another's; a source in both keeps the other's text}
   *
   * @param other what to add
   */
  public Evidence and(Evidence other) {
    Map<String, String> more = new LinkedHashMap<>(bySource);
    more.putAll(other.bySource);
    return new Evidence(more);
  }

  /** {@return an unmodifiable view, text by source, in the order in which it was collected} */
  public Map<String, String> bySource() {
    return Collections.unmodifiableMap(bySource);
  }

  /** Appends the evidence, if there is any, to a sentence. */
  String after(String sentence) {
    return bySource.isEmpty() ? sentence : sentence + "\n" + this;
  }

  /** {@return one indented block a source; empty when there is none} */
  @Override
  public String toString() {
    StringJoiner blocks = new StringJoiner("\n");
    bySource.forEach((source, text) -> blocks.add(source + ":\n" + text.indent(2).stripTrailing()));
    return blocks.toString();
  }
}
