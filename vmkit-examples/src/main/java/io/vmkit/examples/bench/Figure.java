package io.vmkit.examples.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * One figure beside its peer's.
 *
 * @param metric its name
 * @param value what vmkit costs, in milliseconds
 * @param peer what it is held against
 * @param peerValue what the peer costs, in milliseconds
 */
record Figure(String metric, double value, String peer, double peerValue) {
  /** The median of some times in nanoseconds, in milliseconds. */
  static double medianMillis(long... nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1e6;
  }

  /** One line of JSON; the ratio says how many times cheaper than the peer vmkit is. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "{\"metric\":\"%s\",\"value\":%.3f,\"unit\":\"ms\",\"peer\":\"%s\",\"peer_value\":%.3f,"
            + "\"ratio\":%.2f}",
        metric,
        value,
        peer,
        peerValue,
        peerValue / value);
  }
}
