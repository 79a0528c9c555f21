package io.vmkit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * An example as people run it: {@code vmkit-examples/run NAME ARGS} in a terminal's own process
 * group, which Ctrl-C reaches as a whole.
 */
final class ExampleProcess implements AutoCloseable {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private ExampleProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "example-output");
    reader.setDaemon(true);
    reader.start();
  }

  static ExampleProcess start(Path state, Path cache, String... arguments) throws IOException {
    // A signal that was ignored when the tests began would stay ignored in the example.
    List<String> command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT"));
    command.add(ROOT.resolve("vmkit-examples/run").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("VMKIT_STATE", state.toString());
    builder.environment().put("VMKIT_CACHE", cache.toString());
    return new ExampleProcess(builder.start());
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("lost its output: " + e);
    } finally {
      end();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Waits until a line matches, counting a redrawn progress bar as a line each time. */
  synchronized void awaitLine(String regex, Duration limit)
      throws InterruptedException, TimeoutException {
    Pattern pattern = Pattern.compile(regex);
    long deadline = System.nanoTime() + limit.toNanos();
    int next = 0;
    while (true) {
      for (; next < lines.size(); next++) {
        if (pattern.matcher(lines.get(next)).find()) {
          return;
        }
      }
      assertThat(ended).as("no line matches %s in\n%s", regex, output()).isFalse();
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (millis <= 0) {
        throw new TimeoutException("no line matches " + regex + " in\n" + output());
      }
      wait(millis);
    }
  }

  /** What Ctrl-C does. */
  void pressCtrlC() throws IOException, InterruptedException {
    HostProgram.run("kill", "-INT", "--", "-" + process.pid());
  }

  int awaitExit(Duration limit) throws InterruptedException {
    assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
        .as("ends within %s:\n%s", limit, output())
        .isTrue();
    return process.exitValue();
  }

  synchronized String output() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
