package io.vmkit.guest;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one condition has seen so far. Thread-safe. */
final class Watch {
  private final Condition condition;
  private String lastSeen = "nothing yet";
  private int looks;
  private @Nullable Instant metAt;

  Watch(Condition condition) {
    this.condition = condition;
  }

  Condition condition() {
    return condition;
  }

  synchronized void saw(String what) {
    lastSeen = what;
    looks++;
  }

  synchronized void met() {
    metAt = Instant.now();
  }

  synchronized @Nullable Instant metAt() {
    return metAt;
  }

  /** One line for the evidence. */
  synchronized String summary(Instant since) {
    Instant at = metAt;
    if (at != null) {
      return condition + ": held after " + Duration.between(since, at).toMillis() + " ms";
    }
    return condition + ": not yet; last seen: " + lastSeen + " (" + looks + " looks)";
  }
}
