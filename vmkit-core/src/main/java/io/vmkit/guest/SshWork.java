package io.vmkit.guest;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.error.VmkitException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Calls of jsch, which swallow interrupts: they run on another thread while the caller waits.
 *
 * @param attempted what the calls are for, in messages
 * @param calls the calls
 * @param failure says what an exception of theirs means
 * @param abort makes them end soon
 */
record SshWork<T>(
    String attempted,
    Callable<T> calls,
    Function<Exception, VmkitException> failure,
    Runnable abort) {

  /** Waits for the end; an interrupt aborts. */
  T await(Executor executor, Deadline deadline) {
    FutureTask<T> task = begin(executor);
    try {
      return resultOf(task, deadline);
    } catch (InterruptedException e) {
      abort.run();
      throw new OperationInterrupted(attempted, e);
    }
  }

  /**
   * Waits for the end, and keeps an interrupt for whatever the thread waits for next. For work that
   * must not be left half-way, since then nobody would know what has begun.
   */
  T awaitThrough(Executor executor, Deadline deadline) {
    FutureTask<T> task = begin(executor);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return resultOf(task, deadline);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private FutureTask<T> begin(Executor executor) {
    FutureTask<T> task = new FutureTask<>(calls);
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      throw new ProtocolFailure(attempted, "", "the shell is closed", "open another", e);
    }
    return task;
  }

  private T resultOf(FutureTask<T> task, Deadline deadline) throws InterruptedException {
    try {
      return task.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      abort.run();
      throw late(attempted, "waiting for the guest's SSH server");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VmkitException known) {
        throw known;
      }
      throw failure.apply(
          e.getCause() instanceof Exception cause ? cause : new IllegalStateException(e));
    }
  }

  static DeadlineExceeded late(String attempted, String phase) {
    return new DeadlineExceeded(
        attempted,
        phase,
        Evidence.none(),
        "see whether the guest is up and not overloaded, or allow more time",
        null);
  }
}
