package io.vmkit.qmp.session;

import static io.vmkit.qmp.session.FakeQemu.SOON;
import static io.vmkit.qmp.session.FakeQemu.event;
import static io.vmkit.qmp.session.FakeQemu.negotiating;
import static io.vmkit.qmp.session.FakeQemu.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.qmp.codec.QmpMessage.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventQueueTest {
  private static final int MANY = 50_000;
  private static final Event EVENT =
      new Event("STOP", JsonNodeFactory.instance.objectNode(), Instant.EPOCH);

  private static EventQueue queue() {
    return new EventQueue(event -> true, queue -> {});
  }

  @Test
  void aSlowListenerHoldsUpNobodyAndLosesNothing() {
    FakeTransport peer = negotiating();
    try (QmpSession session = session(peer);
        EventQueue slow = session.subscribe(event -> true);
        EventQueue fast = session.subscribe(event -> true)) {
      CompletableFuture<Void> says =
          CompletableFuture.runAsync(
              () -> IntStream.range(0, MANY).forEach(i -> peer.say(event("STOP", i))));
      assertInOrder(fast);
      says.join();
      assertInOrder(slow);
      assertThat(slow.poll(Duration.ZERO)).isEmpty();
    }
  }

  private static void assertInOrder(EventQueue queue) {
    for (int i = 0; i < MANY; i++) {
      assertThat(queue.next(SOON).data().path("n").asInt()).isEqualTo(i);
    }
  }

  @Test
  void aFilterThatThrowsCostsItsOwnListenerOnly() {
    FakeTransport peer = negotiating();
    try (QmpSession session = session(peer);
        EventQueue broken =
            session.subscribe(
                event -> {
                  throw new IllegalArgumentException("no");
                });
        EventQueue sound = session.subscribe(event -> true)) {
      peer.say(event("STOP", 1));
      assertThat(sound.next(SOON).name()).isEqualTo("STOP");
      assertThatThrownBy(() -> broken.next(SOON))
          .isInstanceOf(ProtocolFailure.class)
          .hasRootCauseMessage("no");
    }
  }

  @Test
  void aListenerThatFallsTooFarBehindIsToldWhatItLost() {
    EventQueue queue = queue();
    int half = (int) (EventQueue.MAX_BYTES / 2);
    queue.offer(EVENT, half);
    queue.offer(EVENT, half);
    queue.offer(EVENT, 1);
    queue.offer(EVENT, 1);
    assertThat(queue.next(SOON)).isEqualTo(EVENT);
    assertThat(queue.next(SOON)).isEqualTo(EVENT);
    assertThatThrownBy(() -> queue.next(SOON))
        .isInstanceOf(ProtocolFailure.class)
        .hasMessageContaining("fell behind");
  }

  @Test
  void noEventInTimeIsADeadlineOrEmpty() {
    EventQueue queue = queue();
    assertThatThrownBy(() -> queue.next(Duration.ZERO)).isInstanceOf(DeadlineExceeded.class);
    assertThat(queue.poll(Duration.ofMillis(1))).isEmpty();
  }

  @Test
  void closingEndsTheWait() {
    EventQueue queue = queue();
    CompletableFuture<Event> waiter = CompletableFuture.supplyAsync(() -> queue.next(SOON));
    queue.close();
    assertThatThrownBy(waiter::join).hasCauseInstanceOf(ProtocolFailure.class);
  }
}
