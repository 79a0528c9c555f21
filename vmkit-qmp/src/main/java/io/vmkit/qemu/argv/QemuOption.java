package io.vmkit.qemu.argv;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A value of QEMU's {@code key=value,…} form, as {@code -device} and {@code -blockdev} take it. A
 * comma inside a value is doubled (qemu(1)).
 */
final class QemuOption {
  private final String head;
  private final Map<String, String> values = new LinkedHashMap<>();

  private QemuOption(String head) {
    this.head = head;
  }

  /** An option that begins with a bare word: {@code virtio-blk-pci,…}. */
  static QemuOption of(String head) {
    return new QemuOption(escaped(head));
  }

  /** An option of pairs alone: {@code driver=qcow2,…}. */
  static QemuOption pairs() {
    return new QemuOption("");
  }

  QemuOption with(String key, Object value) {
    values.put(key, escaped(value.toString()));
    return this;
  }

  private static String escaped(String value) {
    return value.replace(",", ",,");
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(",");
    if (!head.isEmpty()) {
      text.add(head);
    }
    values.forEach((key, value) -> text.add(key + "=" + value));
    return text.toString();
  }
}
