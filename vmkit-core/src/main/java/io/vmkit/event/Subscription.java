package io.vmkit.event;

import io.vmkit.error.OperationInterrupted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One listener's queue of events, unbounded and in order. Thread-safe.
 *
 * @param <E> the kind of event
 */
public final class Subscription<E> implements AutoCloseable {
  private final Predicate<? super E> filter;
  private final Consumer<Subscription<E>> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<E> queue = new ArrayDeque<>();
  private boolean ended;

  Subscription(Predicate<? super E> filter, Consumer<Subscription<E>> onClose) {
    this.filter = filter;
    this.onClose = onClose;
  }

  void offer(E event) {
    if (!filter.test(event)) {
      return;
    }
    lock.lock();
    try {
      if (!ended) {
        queue.add(event);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the next event, waiting for it if need be. Interruptible.
   *
   * @param timeout how long to wait; zero looks only at what is there
   * @return the event; empty when none came in time or when none can come any more
   * @throws OperationInterrupted when the thread is interrupted
   */
  public Optional<E> next(Duration timeout) {
    long left = timeout.toNanos();
    lock.lock();
    try {
      while (queue.isEmpty() && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      return Optional.ofNullable(queue.poll());
    } catch (InterruptedException e) {
      throw new OperationInterrupted("wait for an event", e);
    } finally {
      lock.unlock();
    }
  }

  /** {@return whether no event will come any more, though some may still be queued} */
  public boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** Stops collecting; a waiting reader wakes. */
  @Override
  public void close() {
    end();
    onClose.accept(this);
  }
}
