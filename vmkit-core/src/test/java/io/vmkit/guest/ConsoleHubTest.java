package io.vmkit.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmkit.event.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsoleHubTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void everyListenerGetsHistoryAndLiveLinesWithoutControlSequences() throws Exception {
    FakeGuest fake = new FakeGuest();
    try (Subscription<ConsoleLine> one = fake.console().lines(line -> true);
        Subscription<ConsoleLine> other = fake.console().lines(line -> true)) {
      fake.print("[\u001b[0;32m  OK  \u001b[0m] Started \u001b[0;1;39mssh\u001b[0m\r\nlogin: ");
      for (Subscription<ConsoleLine> each : java.util.List.of(one, other)) {
        assertThat(each.next(SOON)).map(ConsoleLine::text).contains("before");
        assertThat(each.next(SOON)).map(ConsoleLine::text).contains("[  OK  ] Started ssh");
      }
      fake.console().type("root\n");
      assertThat(one.next(SOON)).map(ConsoleLine::text).contains("login: root");
    }
    assertThat(fake.console().tail(2)).containsExactly("[  OK  ] Started ssh", "login: root");
    fake.close();
  }

  @Test
  void theEndOfTheConsoleEndsTheSubscriptions() throws Exception {
    FakeGuest fake = new FakeGuest();
    try (Subscription<ConsoleLine> lines = fake.console().lines(line -> false)) {
      fake.serial.close();
      assertThat(lines.next(SOON)).isEmpty();
      assertThat(lines.hasEnded()).isTrue();
    }
  }

  @Test
  void historyIsBounded() throws Exception {
    FakeGuest fake = new FakeGuest();
    byte[] line = ("x".repeat(999) + "\n").getBytes(StandardCharsets.UTF_8);
    try (Subscription<ConsoleLine> last =
        fake.console().lines(each -> each.text().equals("last"))) {
      for (int i = 0; i < 1000; i++) {
        fake.serial.write(line);
      }
      fake.print("last\n");
      assertThat(last.next(SOON)).isPresent();
    }
    assertThat(fake.console().history()).hasSizeBetween(200, 300);
    fake.close();
  }
}
