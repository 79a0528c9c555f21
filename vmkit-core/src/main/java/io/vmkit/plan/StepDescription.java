package io.vmkit.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a step does, as data. Holds no secret.
 *
 * @param verb what is done: {@code "create overlay"}
 * @param subject to what: a path, a name
 * @param details the particulars, in order
 */
public record StepDescription(String verb, String subject, Map<String, String> details) {
  /**
   * Copies the details.
   *
   * @param verb what is done
   * @param subject to what
   * @param details the particulars, in order
   */
  public StepDescription {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /**
   * {@return a description without particulars}
   *
   * @param verb what is done
   * @param subject to what
   */
  public static StepDescription of(String verb, Object subject) {
    return new StepDescription(verb, subject.toString(), Map.of());
  }

  /**
   * {@return this description with one more particular}
   *
   * @param name its name
   * @param value its value
   */
  public StepDescription with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(details);
    more.put(name, value.toString());
    return new StepDescription(verb, subject, more);
  }

  /** {@return one line: verb, subject and particulars} */
  @Override
  public String toString() {
    String tail =
        details.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(", "));
    return verb + " " + subject + (tail.isEmpty() ? "" : " (" + tail + ")");
  }
}
