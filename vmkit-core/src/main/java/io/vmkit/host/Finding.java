package io.vmkit.host;

import java.util.Optional;

/**
 * What the host has, or lacks, of one thing.
 *
 * @param topic the thing
 * @param status whether it can be used
 * @param detail what was found, for people
 * @param mendingLine what to do to get it, as a line to type where there is one; empty when nothing
 *     is to be mended or nothing known would mend it
 */
public record Finding(Topic topic, Status status, String detail, Optional<String> mendingLine) {
  /** Whether a thing can be used. */
  public enum Status {
    /** It can be used. */
    OK,
    /** It cannot, and ordinary machines need it. */
    LACKING,
    /** It cannot, and only some features need it. */
    OPTIONAL
  }

  static Finding ok(Topic topic, String detail) {
    return new Finding(topic, Status.OK, detail, Optional.empty());
  }

  static Finding lacking(Topic topic, String detail, String mendingLine) {
    return new Finding(topic, Status.LACKING, detail, Optional.of(mendingLine));
  }

  static Finding optional(Topic topic, String detail, String mendingLine) {
    return new Finding(topic, Status.OPTIONAL, detail, Optional.of(mendingLine));
  }

  /** {@return whether it can be used} */
  public boolean isOk() {
    return status == Status.OK;
  }

  /** {@return topic and detail, with the mending line beneath} */
  @Override
  public String toString() {
    String line = String.format("%-8s  %-16s  %s", status, topic.title(), detail);
    return mendingLine.map(mending -> line + "\n" + " ".repeat(28) + "→ " + mending).orElse(line);
  }
}
