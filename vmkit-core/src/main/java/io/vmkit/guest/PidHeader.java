package io.vmkit.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Takes the line "MARKER PID" off the beginning of a program's output, with anything that the login
 * shell's start-up files printed before it.
 */
final class PidHeader {
  /** Output without the line up to this many bytes is taken to have none. */
  private static final int LONGEST = 64 * 1024;

  private final String marker;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private OptionalLong pid = OptionalLong.empty();
  private boolean passed;

  PidHeader(String marker) {
    this.marker = marker + " ";
  }

  /** The shell's command that prints the line. */
  String script() {
    return "echo " + marker + "$$";
  }

  OptionalLong pid() {
    return pid;
  }

  /** What of the output so far belongs to the program and was not returned before. */
  byte[] strip(byte[] chunk) {
    if (passed) {
      return chunk;
    }
    pending.writeBytes(chunk);
    // One char a byte, so that positions in both are the same.
    String text = pending.toString(StandardCharsets.ISO_8859_1);
    int start = text.indexOf(marker);
    int end = start < 0 ? -1 : text.indexOf('\n', start);
    if (end < 0) {
      return text.length() > LONGEST ? rest() : new byte[0];
    }
    pid = OptionalLong.of(Long.parseLong(text.substring(start + marker.length(), end)));
    passed = true;
    return Arrays.copyOfRange(pending.toByteArray(), end + 1, pending.size());
  }

  /** What was held back while the line had not come, when it will not come any more. */
  byte[] rest() {
    if (passed) {
      return new byte[0];
    }
    passed = true;
    return pending.toByteArray();
  }
}
