package io.vmkit.qmp.codec;

import java.util.Comparator;

/**
 * Which QEMU this is. Ordered by number; the package does not count.
 *
 * @param major as 7 in 7.2.22
 * @param minor as 2 in 7.2.22
 * @param micro as 22 in 7.2.22
 * @param packaged the distributor's own version; empty when there is none
 */
public record QemuVersion(int major, int minor, int micro, String packaged)
    implements Comparable<QemuVersion> {
  private static final Comparator<QemuVersion> BY_NUMBER =
      Comparator.comparingInt(QemuVersion::major)
          .thenComparingInt(QemuVersion::minor)
          .thenComparingInt(QemuVersion::micro);

  /**
   * {@return whether this is the given release or a later one}
   *
   * @param major the release's first number
   * @param minor the release's second number
   */
  public boolean isAtLeast(int major, int minor) {
    return compareTo(new QemuVersion(major, minor, 0, "")) >= 0;
  }

  @Override
  public int compareTo(QemuVersion other) {
    return BY_NUMBER.compare(this, other);
  }

  /** {@return the number, with the package behind it in brackets where there is one} */
  @Override
  public String toString() {
    String number = major + "." + minor + "." + micro;
    return packaged.isBlank() ? number : number + " (" + packaged.strip() + ")";
  }
}
