package io.vmkit.guest;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The waits between questions to the agent, which never speaks first: 2 ms, growing by half to 50
 * ms. For one thread.
 */
final class PollInterval {
  private static final long FIRST = Duration.ofMillis(2).toNanos();
  private static final long LONGEST = Duration.ofMillis(50).toNanos();

  private final CountDownLatch closed;
  private long next = FIRST;

  /** Waits end early when the latch falls. */
  PollInterval(CountDownLatch closed) {
    this.closed = closed;
  }

  /** Something happened: more may come soon. */
  void reset() {
    next = FIRST;
  }

  /** Waits, but not past the deadline; false when the shell was closed meanwhile. */
  boolean await(Deadline deadline) throws InterruptedException {
    long wait = Math.min(next, deadline.nanosLeft());
    next = Math.min(LONGEST, next + next / 2);
    return !closed.await(wait, TimeUnit.NANOSECONDS);
  }
}
