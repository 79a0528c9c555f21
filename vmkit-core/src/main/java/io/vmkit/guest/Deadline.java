package io.vmkit.guest;

import java.time.Duration;

/** A moment in time until which something must be done. */
record Deadline(long nanoTime) {
  static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  /** So far away that it does not come, yet near enough to count with (System.nanoTime). */
  static Deadline never() {
    return new Deadline(System.nanoTime() + Long.MAX_VALUE / 2);
  }

  /** The time left in nanoseconds; not negative. */
  long nanosLeft() {
    return Math.max(0, nanoTime - System.nanoTime());
  }

  Duration left() {
    return Duration.ofNanos(nanosLeft());
  }

  boolean passed() {
    return nanosLeft() == 0;
  }
}
