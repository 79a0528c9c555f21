package io.vmkit.cloudinit.iso;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The field formats of ECMA-119 chapters 7 and 8. Buffers are big-endian. */
final class Fields {
  /** Logical sector and block size in bytes (ECMA-119 6.1.2). */
  static final int SECTOR = 2048;

  private static final DateTimeFormatter LONG_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

  private Fields() {}

  /** Both byte orders, little-endian first: ECMA-119 7.2.3. */
  static void both16(ByteBuffer out, int value) {
    out.putShort(Short.reverseBytes((short) value)).putShort((short) value);
  }

  /** Both byte orders, little-endian first: ECMA-119 7.3.3. */
  static void both32(ByteBuffer out, long value) {
    out.putInt(Integer.reverseBytes((int) value)).putInt((int) value);
  }

  /** Recording date and time in seven bytes: ECMA-119 9.1.5. */
  static byte[] shortTime(Instant time) {
    OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
    return new byte[] {
      (byte) (utc.getYear() - 1900),
      (byte) utc.getMonthValue(),
      (byte) utc.getDayOfMonth(),
      (byte) utc.getHour(),
      (byte) utc.getMinute(),
      (byte) utc.getSecond(),
      0
    };
  }

  /** Digits to the hundredth of a second, then the offset from Greenwich: ECMA-119 8.4.26.1. */
  static byte[] longTime(Instant time) {
    String digits = LONG_TIME.format(time.atOffset(ZoneOffset.UTC)) + "00\0";
    return digits.getBytes(StandardCharsets.US_ASCII);
  }

  /** The number of sectors that hold so many bytes. */
  static long sectors(long bytes) {
    return (bytes + SECTOR - 1) / SECTOR;
  }
}
