package io.vmkit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.OperationInterrupted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventHubTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final EventHub<Integer> hub = new EventHub<>();

  @Test
  void eachListenerGetsAllItWantsInOrder() {
    try (Subscription<Integer> all = hub.subscribe(event -> true);
        Subscription<Integer> even = hub.subscribe(event -> event % 2 == 0)) {
      for (int i = 1; i <= 50_000; i++) {
        hub.publish(i);
      }
      for (int i = 1; i <= 50_000; i++) {
        assertThat(all.next(Duration.ZERO)).contains(i);
      }
      assertThat(even.next(Duration.ZERO)).contains(2);
      assertThat(even.next(Duration.ZERO)).contains(4);
      assertThat(all.next(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void thePastComesFirst() {
    try (Subscription<Integer> late = hub.subscribe(event -> event > 1, List.of(1, 2))) {
      hub.publish(3);
      assertThat(late.next(Duration.ZERO)).contains(2);
      assertThat(late.next(Duration.ZERO)).contains(3);
    }
  }

  @Test
  void closingTheHubWakesWhoWaits() throws Exception {
    try (Subscription<Integer> waiting = hub.subscribe(event -> true)) {
      Thread closer = new Thread(hub::close);
      closer.start();
      assertThat(waiting.next(SOON)).isEmpty();
      assertThat(waiting.hasEnded()).isTrue();
      closer.join();
    }
    assertThat(hub.subscribe(event -> true).hasEnded()).isTrue();
  }

  @Test
  void anInterruptEndsTheWait() {
    try (Subscription<Integer> waiting = hub.subscribe(event -> true)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> waiting.next(SOON)).isInstanceOf(OperationInterrupted.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
