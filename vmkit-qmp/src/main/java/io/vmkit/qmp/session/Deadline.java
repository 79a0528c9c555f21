package io.vmkit.qmp.session;

import java.time.Duration;

/**
 * A moment after which nobody waits any more.
 *
 * @param nanoTime by {@link System#nanoTime}
 */
record Deadline(long nanoTime) {
  /** Far enough for everybody, and near enough that differences do not overflow. */
  private static final Duration LONGEST = Duration.ofDays(365);

  static Deadline in(Duration timeout) {
    Duration bounded = timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
    return new Deadline(System.nanoTime() + Math.max(0, bounded.toNanos()));
  }

  /** {@return the nanoseconds left; zero or less when it is over} */
  long nanos() {
    return nanoTime - System.nanoTime();
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, nanos()));
  }

  Duration atMost(Duration limit) {
    Duration left = left();
    return left.compareTo(limit) < 0 ? left : limit;
  }

  boolean isOver() {
    return nanos() <= 0;
  }
}
