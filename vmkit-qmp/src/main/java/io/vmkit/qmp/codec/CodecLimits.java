package io.vmkit.qmp.codec;

/**
 * How much a peer may send in one message before it counts as hostile.
 *
 * @param messageBytes the longest message, in bytes
 * @param depth the deepest nesting of objects and arrays
 */
public record CodecLimits(int messageBytes, int depth) {
  /** What QEMU's own parser takes: 64 MiB and 1024 levels (qobject/json-streamer.c). */
  public static final CodecLimits DEFAULT = new CodecLimits(64 << 20, 1024);

  /**
   * Validates the limits.
   *
   * @param messageBytes the longest message, in bytes
   * @param depth the deepest nesting of objects and arrays
   * @throws IllegalArgumentException when one is below 1
   */
  public CodecLimits {
    if (messageBytes < 1 || depth < 1) {
      throw new IllegalArgumentException("limits must be positive: " + messageBytes + ", " + depth);
    }
  }
}
