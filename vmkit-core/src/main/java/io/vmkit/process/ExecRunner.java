package io.vmkit.process;

import io.vmkit.error.CommandFailed;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.OperationInterrupted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.PumpStreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs by commons-exec. Its own watchdog waits for every child that holds the output pipe,
 * so the time-out is kept here and ends the whole process tree.
 */
final class ExecRunner implements CommandRunner {
  /** How long output is still read after the program has ended, in case a child holds the pipe. */
  private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

  @Override
  public CommandResult run(Command command, Consumer<String> lines) {
    OutputTail output = new OutputTail(command.outputLimit(), lines);
    OutputTail errors = new OutputTail(command.outputLimit(), lines);
    Execution execution = new Execution(command, output, errors);
    CompletableFuture<Integer> exit = new CompletableFuture<>();
    Thread waiter = new Thread(() -> execution.runInto(exit), "vmkit-" + command.argv().get(0));
    waiter.setDaemon(true);
    waiter.start();
    try {
      int code = exit.get(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return new CommandResult(command.toString(), code, output.finish(), errors.finish());
    } catch (TimeoutException e) {
      execution.kill();
      throw new DeadlineExceeded(
          "run " + command,
          "it still ran after " + command.timeout().toSeconds() + " s",
          Evidence.none().with("its output", output.finish() + errors.finish()),
          "see what it was waiting for, or allow it more time",
          null);
    } catch (InterruptedException e) {
      execution.kill();
      throw new OperationInterrupted("run " + command, e);
    } catch (ExecutionException e) {
      throw new CommandFailed(
          command.toString(),
          null,
          String.valueOf(e.getMessage()),
          "check that " + command.argv().get(0) + " is installed and may be run",
          e.getCause());
    }
  }

  /** One run of one program. */
  private static final class Execution extends DefaultExecutor {
    private final Command command;
    private @Nullable Process process;
    private boolean killed;

    @SuppressWarnings("deprecation") // The builder of 1.6.0 makes no subclasses.
    Execution(Command command, OutputTail output, OutputTail errors) {
      this.command = command;
      PumpStreamHandler streams =
          new PumpStreamHandler(output, errors, new ByteArrayInputStream(command.input()));
      streams.setStopTimeout(LAST_OUTPUT);
      setStreamHandler(streams);
      setExitValues(null);
      command.directory().map(path -> path.toFile()).ifPresent(this::setWorkingDirectory);
    }

    void runInto(CompletableFuture<Integer> exit) {
      try {
        exit.complete(execute(new CommandLine(command.argv().get(0))));
      } catch (ExecuteException e) {
        exit.complete(e.getExitValue());
      } catch (IOException | RuntimeException e) {
        exit.completeExceptionally(e);
      }
    }

    /**
     * Starts the program from the command itself: commons-exec's own command line would trim blanks
     * off each argument. Of the two overloads, 1.6.0 calls this one.
     */
    @Override
    protected Process launch(
        CommandLine line, Map<String, String> environment, @Nullable Path directory)
        throws IOException {
      ProcessBuilder builder = new ProcessBuilder(command.argv());
      builder.environment().putAll(command.environment());
      if (directory != null) {
        builder.directory(directory.toFile());
      }
      Process started = builder.start();
      synchronized (this) {
        process = started;
        if (killed) {
          kill();
        }
      }
      return started;
    }

    /** Ends the program and all its descendants, also when it is only about to start. */
    synchronized void kill() {
      killed = true;
      if (process != null) {
        List<ProcessHandle> tree = process.descendants().toList();
        process.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
      }
    }
  }
}
