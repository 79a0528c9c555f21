package io.vmkit.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last bytes of what is added to it. Grows as needed, at most to twice the limit. */
final class ByteTail {
  private final int limit;
  private ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean cut;

  ByteTail(int limit) {
    this.limit = limit;
  }

  void add(byte[] bytes) {
    kept.writeBytes(bytes);
    if (kept.size() > 2 * Math.max((long) limit, 1 << 16)) {
      shorten();
    }
  }

  private void shorten() {
    byte[] all = kept.toByteArray();
    if (all.length > limit) {
      cut = true;
      kept = new ByteArrayOutputStream();
      kept.write(all, all.length - limit, limit);
    }
  }

  /** All that was kept as UTF-8; begins with an ellipsis when it is only the end. */
  String text() {
    shorten();
    return (cut ? "…" : "") + kept.toString(StandardCharsets.UTF_8);
  }
}
