package io.vmkit.qmp;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program of the host that a test runs; where it is missing, the test fails and says the cure.
 */
final class HostProgram implements AutoCloseable {
  private final Process process;

  private HostProgram(Process process) {
    this.process = process;
  }

  static HostProgram start(String name, String cure, String... arguments) {
    List<String> command = new ArrayList<>(List.of(find(name, cure)));
    command.addAll(Arrays.asList(arguments));
    try {
      return new HostProgram(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new AssertionError(String.join(" ", command), e);
    }
  }

  private static String find(String name, String cure) {
    String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    return Stream.of(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory).resolve(name)) // An absolute name stays as it is.
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseGet(() -> fail(name + " is missing: " + cure));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void kill() {
    process.destroyForcibly();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
