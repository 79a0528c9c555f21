package io.vmkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Programs of the host that people would use beside vmkit. */
final class HostProgram {
  private HostProgram() {}

  /** Runs a program that must succeed, and gives what it printed. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ends", command[0]).isTrue();
    assertThat(process.exitValue()).as("exit code of %s", String.join(" ", command)).isZero();
    return output;
  }
}
