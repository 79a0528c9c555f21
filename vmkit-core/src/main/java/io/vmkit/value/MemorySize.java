package io.vmkit.value;

import io.vmkit.error.InvalidSpec;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory or disk space in bytes, never negative. Units are binary: 1 KiB is 1024
 * bytes.
 *
 * @param bytes the amount in bytes
 */
public record MemorySize(long bytes) implements Comparable<MemorySize> {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,19})\\s*([KMGTP]?)(iB|B)?");
  private static final String UNITS = "KMGTP";

  /**
   * Validates the amount.
   *
   * @param bytes the amount in bytes
   * @throws InvalidSpec when it is negative
   */
  public MemorySize {
    if (bytes < 0) {
      throw new InvalidSpec("set a size", bytes + " bytes is negative", "use zero or more");
    }
  }

  /**
   * {@return an amount in bytes}
   *
   * @param bytes bytes
   */
  public static MemorySize bytes(long bytes) {
    return new MemorySize(bytes);
  }

  /**
   * {@return an amount in KiB}
   *
   * @param kib units of 1024 bytes
   */
  public static MemorySize kib(long kib) {
    return scaled(kib, 1);
  }

  /**
   * {@return an amount in MiB}
   *
   * @param mib units of 1024² bytes
   */
  public static MemorySize mib(long mib) {
    return scaled(mib, 2);
  }

  /**
   * {@return an amount in GiB}
   *
   * @param gib units of 1024³ bytes
   */
  public static MemorySize gib(long gib) {
    return scaled(gib, 3);
  }

  /**
   * Reads a size as people write it: {@code 512M}, {@code 2 GiB}, {@code 1048576}. The letters
   * stand for binary units, as QEMU and qemu-img take them.
   *
   * @param text the size
   * @return the amount
   * @throws InvalidSpec when the text is no size or does not fit into 63 bits
   */
  public static MemorySize parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new InvalidSpec(
          "read a size", "'" + text + "' is no size", "write it like 512M, 2GiB or 1048576");
    }
    String unit = matcher.group(2);
    int power = unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1;
    try {
      return scaled(Long.parseLong(matcher.group(1)), power);
    } catch (NumberFormatException e) {
      throw tooLarge(text);
    }
  }

  private static MemorySize scaled(long amount, int power) {
    try {
      return new MemorySize(Math.multiplyExact(amount, 1L << (10 * power)));
    } catch (ArithmeticException e) {
      throw tooLarge(amount + " " + UNITS.charAt(power - 1) + "iB");
    }
  }

  private static InvalidSpec tooLarge(String size) {
    return new InvalidSpec("set a size", size + " does not fit into 63 bits", "use a smaller size");
  }

  /** {@return the amount in whole MiB, rounded up} */
  public long toMebibytes() {
    return (bytes + (1L << 20) - 1) >> 20;
  }

  @Override
  public int compareTo(MemorySize other) {
    return Long.compare(bytes, other.bytes);
  }

  /**
   * {@return the amount exactly, in the largest unit that divides it: {@code 2GiB}, {@code 1000B}}
   */
  @Override
  public String toString() {
    for (int power = UNITS.length(); power > 0; power--) {
      long unit = 1L << (10 * power);
      if (bytes != 0 && bytes % unit == 0) {
        return String.format(Locale.ROOT, "%d%ciB", bytes / unit, UNITS.charAt(power - 1));
      }
    }
    return bytes + "B";
  }
}
