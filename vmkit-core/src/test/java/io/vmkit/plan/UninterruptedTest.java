package io.vmkit.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UninterruptedTest {
  private final List<Boolean> seen = new ArrayList<>();

  @Test
  void theFlagIsPutAsideAndSetAgain() {
    Thread.currentThread().interrupt();
    Uninterrupted.run(() -> seen.add(Thread.currentThread().isInterrupted()));
    assertThat(seen).containsExactly(false);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aFailurePassesAndKeepsTheFlag() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                Uninterrupted.run(
                    () -> {
                      throw new IllegalStateException("failed");
                    }))
        .hasMessage("failed");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void noFlagIsSetThatWasNot() {
    Uninterrupted.run(() -> seen.add(true));
    assertThat(Thread.interrupted()).isFalse();
  }
}
