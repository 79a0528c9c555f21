package io.vmkit.cloudinit.iso;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Host programs as independent readers. */
public final class Tools {
  private Tools() {}

  /** Runs a program with its two output streams together and returns them. */
  public static byte[] run(String mend, List<String> argv, byte[] input) {
    try {
      Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input);
      }
      byte[] output;
      try (InputStream stdout = process.getInputStream()) {
        output = stdout.readAllBytes();
      }
      int code = process.waitFor();
      if (code != 0) {
        throw new AssertionError(
            argv + " exit " + code + ": " + new String(output, StandardCharsets.UTF_8));
      }
      return output;
    } catch (IOException e) {
      throw new AssertionError(argv.get(0) + " does not run; " + mend, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(argv + " was interrupted", e);
    }
  }

  public static String text(String mend, String... argv) {
    return new String(run(mend, List.of(argv), new byte[0]), StandardCharsets.UTF_8);
  }
}
