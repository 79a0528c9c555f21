package io.vmkit.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Passes events on to subscriptions. A slow listener delays nobody: each has its own unbounded
 * queue. Thread-safe.
 *
 * @param <E> the kind of event
 */
public final class EventHub<E> implements AutoCloseable {
  private final List<Subscription<E>> subscriptions = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /** Creates a hub without listeners. */
  public EventHub() {}

  /**
   * Begins to collect events. Register before the command that triggers what you wait for.
   *
   * @param filter which events are wanted; called by the thread that publishes
   * @return the subscription, to be closed by the caller
   */
  public Subscription<E> subscribe(Predicate<? super E> filter) {
    return subscribe(filter, List.of());
  }

  /**
   * Begins to collect events behind some of the past. The caller sees to it that none is published
   * meanwhile.
   *
   * @param filter which events are wanted, past ones included
   * @param past events to begin with, in order
   * @return the subscription, to be closed by the caller
   */
  public Subscription<E> subscribe(Predicate<? super E> filter, Iterable<? extends E> past) {
    Subscription<E> subscription = new Subscription<>(filter, subscriptions::remove);
    past.forEach(subscription::offer);
    subscriptions.add(subscription);
    if (closed) {
      subscription.end();
    }
    return subscription;
  }

  /**
   * Passes an event on. Never blocks.
   *
   * @param event what happened
   */
  public void publish(E event) {
    subscriptions.forEach(each -> each.offer(event));
  }

  /** Ends all subscriptions; what is queued can still be read. */
  @Override
  public void close() {
    closed = true;
    subscriptions.forEach(Subscription::end);
  }
}
