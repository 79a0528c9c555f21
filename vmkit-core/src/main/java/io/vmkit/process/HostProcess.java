package io.vmkit.process;

import io.vmkit.error.OperationInterrupted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of this host that need not be a child of ours. Told apart by its start time, so that a
 * reused process id is never mistaken for it.
 *
 * @param pid the process id
 * @param startTicks when it started, in clock ticks since boot: field 22 of {@code /proc/PID/stat},
 *     see proc(5)
 */
public record HostProcess(long pid, long startTicks) {
  private static final long LOOK_NANOS = Duration.ofMillis(2).toNanos();
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

  /**
   * {@return the processes of this host whose arguments contain these, one after the other}
   *
   * @param arguments what to look for, in order
   */
  public static List<HostProcess> withArguments(String... arguments) {
    List<String> wanted = List.of(arguments);
    return ProcessHandle.allProcesses()
        .filter(each -> Collections.indexOfSubList(argv(each.pid()), wanted) >= 0)
        .flatMap(each -> find(each.pid()).stream())
        .toList();
  }

  /** Not ProcessHandle's own, which gives up on long command lines. */
  private static List<String> argv(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      return List.of(line.split("\0", -1));
    } catch (IOException e) {
      return List.of(); // It ended meanwhile, or its name is no UTF-8 and so none of ours.
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

  /** Asks the process to end (SIGTERM) if it still runs. */
  public void terminate() {
    if (isAlive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }

  /** {@return the process of this JVM} */
  public static HostProcess current() {
    return find(ProcessHandle.current().pid())
        .orElseThrow(() -> new IllegalStateException("this JVM is not in /proc"));
  }

  /**
   * Waits until the process has ended. Looks every 2 ms: the kernel tells only its parent.
   * Interruptible.
   *
   * @param timeout how long to wait
   * @return whether it has ended
   * @throws OperationInterrupted when the thread is interrupted
   */
  public boolean awaitEnd(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (isAlive()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
      if (Thread.interrupted()) {
        throw new OperationInterrupted("wait for process " + pid, null);
      }
    }
    return true;
  }
}
