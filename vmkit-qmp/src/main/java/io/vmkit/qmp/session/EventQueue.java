package io.vmkit.qmp.session;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.qmp.codec.QmpMessage.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events that one listener wants, in the order in which they came. Subscribe before sending the
 * command that triggers the event. Thread-safe; listeners do not feel each other.
 *
 * <p>A queue holds at most {@value #MAX_EVENTS} events and {@value #MAX_BYTES} bytes of them. A
 * listener that falls further behind gets those, and then a {@code ProtocolFailure} in place of the
 * lost ones: nothing is lost in silence, and a hostile peer cannot fill the memory.
 */
public final class EventQueue implements AutoCloseable {
  /** The most events that wait in a queue. */
  public static final int MAX_EVENTS = 1_000_000;

  /** The most bytes, counted as they travelled, that wait in a queue. */
  public static final long MAX_BYTES = 256L << 20;

  private record Waiting(Event event, int bytes) {}

  private final Predicate<? super Event> filter;
  private final Consumer<EventQueue> unsubscribe;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private @Nullable Ended ended;

  EventQueue(Predicate<? super Event> filter, Consumer<EventQueue> unsubscribe) {
    this.filter = filter;
    this.unsubscribe = unsubscribe;
  }

  /** Runs on the reader thread; a filter that throws costs its own listener the queue, no other. */
  void offer(Event event, int bytes) {
    boolean wanted;
    try {
      wanted = filter.test(event);
    } catch (RuntimeException e) {
      unsubscribe.accept(this);
      end(new Ended("the listener's own filter failed on " + event.name(), "mend the filter", e));
      return;
    }
    if (wanted) {
      add(event, bytes);
    }
  }

  private void add(Event event, int bytes) {
    lock.lock();
    try {
      if (ended != null) {
        return;
      }
      if (waiting.size() == MAX_EVENTS || waitingBytes + bytes > MAX_BYTES) {
        unsubscribe.accept(this);
        end(new Ended("the listener fell behind and lost events", "take events faster", null));
        return;
      }
      waiting.add(new Waiting(event, bytes));
      waitingBytes += bytes;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  void end(Ended how) {
    lock.lock();
    try {
      if (ended == null) {
        ended = how;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next event. Interruptible.
   *
   * @param timeout how long; zero takes what is there
   * @return the event
   * @throws DeadlineExceeded when none comes in time
   * @throws ProtocolFailure when the queue is empty and no more can come
   * @throws OperationInterrupted when the thread is interrupted
   */
  public Event next(Duration timeout) {
    return poll(timeout)
        .orElseThrow(
            () ->
                new DeadlineExceeded(
                    "wait for an event",
                    "none that the listener wants arrived",
                    Evidence.none(),
                    "",
                    null));
  }

  /**
   * Waits for the next event. Interruptible.
   *
   * @param timeout how long; zero takes what is there
   * @return the event; empty when none comes in time
   * @throws ProtocolFailure when the queue is empty and no more can come
   * @throws OperationInterrupted when the thread is interrupted
   */
  public Optional<Event> poll(Duration timeout) {
    Deadline deadline = Deadline.in(timeout);
    try {
      lock.lockInterruptibly();
      try {
        return take(deadline);
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      throw new OperationInterrupted("wait for an event", e);
    }
  }

  private Optional<Event> take(Deadline deadline) throws InterruptedException {
    while (waiting.isEmpty()) {
      if (ended != null) {
        throw ended.failure("wait for an event", "");
      }
      long nanos = deadline.nanos();
      if (nanos <= 0) {
        return Optional.empty();
      }
      changed.await(nanos, TimeUnit.NANOSECONDS);
    }
    Waiting first = waiting.remove();
    waitingBytes -= first.bytes();
    return Optional.of(first.event());
  }

  /** Ends the subscription, empties the queue and wakes whoever waits. */
  @Override
  public void close() {
    unsubscribe.accept(this);
    lock.lock();
    try {
      waiting.clear();
      waitingBytes = 0;
      end(new Ended("the subscription was closed", "", null));
    } finally {
      lock.unlock();
    }
  }
}
