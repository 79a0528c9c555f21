package io.vmkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A process of this host that need not be a child of ours. Told apart by its start time, so that a
 * reused process id is never mistaken for it.
 *
 * @param pid the process id
 * @param startTicks when it started, in clock ticks since boot: field 22 of {@code /proc/PID/stat},
 *     see proc(5)
 */
public record HostProcess(long pid, long startTicks) {
  private static final int START_TIME_FIELD_AFTER_NAME = 20;

  /**
   * {@return the process that now has this id; empty when none has}
   *
   * @param pid the process id
   */
  public static Optional<HostProcess> find(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name, field 2, stands in brackets and may contain anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      if (fields[0].equals("Z")) {
        return Optional.empty();
      }
      return Optional.of(
          new HostProcess(pid, Long.parseLong(fields[START_TIME_FIELD_AFTER_NAME - 1])));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (!ProcessHandle.of(pid).isPresent()) {
        return Optional.empty(); // It ended between open and read (ESRCH).
      }
      throw new UncheckedIOException(e);
    }
  }

  /** {@return whether this very process still runs} */
  public boolean isAlive() {
    return find(pid).filter(this::equals).isPresent();
  }

  /** Kills the process (SIGKILL) if it still runs. */
  public void kill() {
    if (isAlive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** {@return a future that completes when the process has ended; at once when it has} */
  public CompletableFuture<Void> ended() {
    if (!isAlive()) {
      return CompletableFuture.completedFuture(null);
    }
    return ProcessHandle.of(pid)
        .map(handle -> handle.onExit().<Void>thenApply(ended -> null))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }
}
