package io.vmkit.host;

import io.vmkit.error.HostLacks;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a host has and lacks.
 *
 * @param findings one for each {@link Topic}, in the order of the topics
 */
public record HostReport(List<Finding> findings) {
  /**
   * Copies the findings.
   *
   * @param findings one for each topic
   */
  public HostReport {
    findings = List.copyOf(findings);
  }

  /**
   * {@return what was found of one thing}
   *
   * @param topic the thing
   * @throws IllegalArgumentException when the report does not cover it
   */
  public Finding finding(Topic topic) {
    return findings.stream()
        .filter(each -> each.topic() == topic)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no finding about " + topic));
  }

  /** {@return whether all is there that ordinary machines need} */
  public boolean isComplete() {
    return findings.stream().noneMatch(each -> each.status() == Finding.Status.LACKING);
  }

  /**
   * Insists on things, be they optional for others or not.
   *
   * @param topics the things
   * @throws HostLacks when one of them cannot be used; its next step holds a mending line for each
   */
  public void require(Topic... topics) {
    List<Finding> missing =
        Stream.of(topics).map(this::finding).filter(each -> !each.isOk()).toList();
    if (!missing.isEmpty()) {
      throw new HostLacks(
          "use this host",
          missing.stream()
              .map(each -> each.topic().title() + ": " + each.detail())
              .collect(Collectors.joining("; ")),
          missing.stream()
              .flatMap(each -> each.mendingLine().stream())
              .distinct()
              .collect(Collectors.joining("\n")));
    }
  }

  /** {@return a table: status, topic, detail, mending lines} */
  @Override
  public String toString() {
    return findings.stream().map(Objects::toString).collect(Collectors.joining("\n"));
  }
}
