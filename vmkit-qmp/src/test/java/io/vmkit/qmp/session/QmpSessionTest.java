package io.vmkit.qmp.session;

import static io.vmkit.qmp.session.FakeQemu.GREETING;
import static io.vmkit.qmp.session.FakeQemu.SOON;
import static io.vmkit.qmp.session.FakeQemu.event;
import static io.vmkit.qmp.session.FakeQemu.idOf;
import static io.vmkit.qmp.session.FakeQemu.negotiating;
import static io.vmkit.qmp.session.FakeQemu.obedient;
import static io.vmkit.qmp.session.FakeQemu.reply;
import static io.vmkit.qmp.session.FakeQemu.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.qmp.codec.CodecLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class QmpSessionTest {
  @Test
  void negotiationSwitchesOnWhatIsOffered() throws Exception {
    FakeTransport peer = obedient();
    try (QmpSession session = QmpSession.open(peer, CodecLimits.DEFAULT, SOON)) {
      assertThat(session.greeting().version()).hasToString("7.2.22 (Debian 1:7.2)");
      assertThat(peer.line()).contains("qmp_capabilities", "\"enable\":[\"oob\"]");
      assertThat(session.state()).isEqualTo(SessionState.RUNNING);
    }
    assertThat(peer.isClosed()).isTrue();
  }

  @Test
  void aPeerWithoutOutOfBandIsNotAskedForIt() throws Exception {
    FakeTransport peer =
        new FakeTransport((p, line) -> p.say(reply(line))).say(GREETING.replace("[\"oob\"]", "[]"));
    try (QmpSession session = QmpSession.open(peer, CodecLimits.DEFAULT, SOON)) {
      assertThat(peer.line()).doesNotContain("oob");
      assertThatThrownBy(() -> session.submitOutOfBand("migrate-pause", Map.of(), SOON))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void outOfBandCommandsSaySo() throws Exception {
    FakeTransport peer = negotiating();
    try (QmpSession session = session(peer)) {
      session.submitOutOfBand("migrate-pause", Map.of(), SOON);
      assertThat(peer.line()).startsWith("{\"exec-oob\":\"migrate-pause\"");
    }
  }

  @Test
  void repliesFindTheirCommandInAnyOrder() throws Exception {
    FakeTransport peer = negotiating();
    try (QmpSession session = session(peer)) {
      PendingReply first = session.submit("one", Map.of(), SOON);
      PendingReply second = session.submit("two", Map.of(), SOON);
      String one = peer.line();
      peer.say(reply(peer.line(), "2")).say(reply(one, "1"));
      assertThat(first.await(SOON).asInt()).isEqualTo(1);
      assertThat(second.await(SOON).asInt()).isEqualTo(2);
      assertThat(second.isDone()).isTrue();
    }
  }

  @Test
  void tenThousandCommandsMayBeUnderWay() {
    try (QmpSession session = session(obedient())) {
      List<PendingReply> replies = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        replies.add(session.submit("query-status", Map.of(), SOON));
      }
      assertThat(replies).allSatisfy(reply -> assertThat(reply.await(SOON)).isEmpty());
    }
  }

  @Test
  void anErrorReplyNamesTheCommandAndHidesItsSecrets() throws Exception {
    FakeTransport peer = negotiating();
    try (QmpSession session = session(peer)) {
      PendingReply reply =
          session.submit("set_password", Map.of("protocol", "vnc", "password", "geheim"), SOON);
      peer.say(
          "{\"error\": {\"class\": \"GenericError\", \"desc\": \"No VNC\"}, \"id\": "
              + idOf(peer.line())
              + "}");
      assertThatExceptionOfType(PeerRefused.class)
          .isThrownBy(() -> reply.await(SOON))
          .satisfies(e -> assertThat(e.kind()).isEqualTo("GenericError"))
          .withMessageContaining("set_password")
          .withMessageContaining("No VNC")
          .withMessageNotContaining("geheim");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "\u00ff\u00ff\u00ff",
        "{\"QMP\": 1}",
        "{\"return\": {}}",
        "{\"QMP\": {\"version\": {\"qemu\": {\"major\": 1]}}}",
        "{]",
        "{}",
        "[1]",
      })
  void whatIsNoQmpServerIsToldSo(String hello) {
    FakeTransport peer = new FakeTransport().say(hello);
    assertThatThrownBy(() -> QmpSession.open(peer, CodecLimits.DEFAULT, SOON))
        .isInstanceOf(ProtocolFailure.class);
    assertThat(peer.isClosed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "{\"return\": {}, \"id\": 4711}",
        "{\"return\": {}}",
        "{\"return\": {}, \"id\": \"1\"}",
        "{\"return\": {}, \"id\": 1e99}",
        "{\"return\": {}, \"id\": 99999999999999999999}",
        "{\"error\": {\"class\": \"GenericError\", \"desc\": \"Invalid JSON syntax\"}}",
        "{\"error\": 5, \"id\": 2}",
        "{\"event\": 5}",
        "{\"neither\": 5}",
        "{\"return\": {\"a\": 00}, \"id\": 2}",
        "{\"return\": \"\u0001\", \"id\": 2}",
        GREETING,
      })
  void aBreachEndsTheConversationForEverybody(String breach) throws Exception {
    FakeTransport peer = negotiating();
    try (QmpSession session = session(peer);
        EventQueue events = session.subscribe(event -> true)) {
      PendingReply reply = session.submit("query-status", Map.of(), SOON);
      peer.line();
      peer.say(breach);
      assertThatExceptionOfType(ProtocolFailure.class)
          .isThrownBy(() -> reply.await(SOON))
          .satisfies(e -> assertThat(e.sent()).isEqualTo("query-status"));
      assertThatThrownBy(() -> events.next(SOON)).isInstanceOf(ProtocolFailure.class);
      assertThatThrownBy(() -> session.submit("stop", Map.of(), SOON))
          .isInstanceOf(ProtocolFailure.class);
      assertThat(session.state()).isEqualTo(SessionState.CLOSED);
      assertThat(peer.isClosed()).isTrue();
    }
  }

  @Test
  void aPeerThatNeverEndsItsMessageIsCutOff() {
    FakeTransport peer = negotiating();
    try (QmpSession session = QmpSession.open(peer, new CodecLimits(100_000, 16), SOON)) {
      PendingReply reply = session.submit("query-status", Map.of(), SOON);
      String kilobyte = "a".repeat(1000);
      peer.say("{\"return\": \"");
      for (int i = 0; i < 101; i++) {
        peer.say(kilobyte);
      }
      assertThatThrownBy(() -> reply.await(SOON))
          .isInstanceOf(ProtocolFailure.class)
          .hasMessageContaining("longer than 100000 bytes");
    }
  }

  @Test
  void aPeerThatNestsTooDeepIsCutOff() {
    FakeTransport peer = negotiating();
    try (QmpSession session = session(peer)) {
      PendingReply reply = session.submit("query-status", Map.of(), SOON);
      peer.say("{\"return\": " + "[".repeat(100_000));
      assertThatThrownBy(() -> reply.await(SOON))
          .isInstanceOf(ProtocolFailure.class)
          .hasMessageContaining("nested deeper than 1024");
    }
  }

  @Test
  void aPeerThatLeavesInTheMiddleIsNoticed() throws Exception {
    FakeTransport peer = negotiating();
    try (QmpSession session = session(peer)) {
      PendingReply reply = session.submit("query-block", Map.of(), SOON);
      peer.line();
      peer.say("{\"return\": {\"a").hangUp();
      assertThatThrownBy(() -> reply.await(SOON))
          .isInstanceOf(ProtocolFailure.class)
          .hasMessageContaining("the peer closed the connection")
          .hasMessageContaining("query-block");
    }
  }

  @Test
  void closingWakesEveryWaiter() throws Exception {
    QmpSession session = session(negotiating());
    EventQueue events = session.subscribe(event -> true);
    PendingReply reply = session.submit("query-status", Map.of(), SOON);
    CompletableFuture<?> command = CompletableFuture.runAsync(() -> reply.await(SOON));
    CompletableFuture<?> listener = CompletableFuture.runAsync(() -> events.next(SOON));
    session.close();
    session.close();
    assertThat(List.of(command, listener))
        .allSatisfy(
            waiter -> assertThatThrownBy(waiter::join).hasCauseInstanceOf(ProtocolFailure.class));
  }

  @Test
  void aReplyThatComesTooLateHarmsNobody() throws Exception {
    FakeTransport peer = negotiating();
    try (QmpSession session = session(peer)) {
      PendingReply slow = session.submit("slow", Map.of(), SOON);
      assertThatThrownBy(() -> slow.await(Duration.ofMillis(1)))
          .isInstanceOf(DeadlineExceeded.class);
      PendingReply next = session.submit("next", Map.of(), SOON);
      peer.say(reply(peer.line(), "1")).say(reply(peer.line(), "2"));
      assertThat(next.await(SOON).asInt()).isEqualTo(2);
      assertThat(slow.await(SOON).asInt()).isEqualTo(1);
    }
  }

  @Test
  void noGreetingInTimeIsADeadline() {
    FakeTransport peer = new FakeTransport();
    assertThatThrownBy(() -> QmpSession.open(peer, CodecLimits.DEFAULT, Duration.ofMillis(20)))
        .isInstanceOf(DeadlineExceeded.class)
        .hasMessageContaining("greeting");
    assertThat(peer.isClosed()).isTrue();
  }

  @Test
  void aPeerThatTakesNothingIsADeadlineAndTheConversationGoesOn() {
    FakeTransport peer = negotiating();
    try (QmpSession session = session(peer)) {
      peer.stopTaking();
      assertThatThrownBy(() -> session.submit("stop", Map.of(), Duration.ofMillis(1)))
          .isInstanceOf(DeadlineExceeded.class)
          .hasMessageContaining("to take it");
      assertThat(session.state()).isEqualTo(SessionState.RUNNING);
    }
  }

  @Test
  void waitingIsInterruptible() {
    try (QmpSession session = session(negotiating())) {
      PendingReply reply = session.submit("query-status", Map.of(), SOON);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> reply.await(SOON)).isInstanceOf(OperationInterrupted.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void argumentsThatJsonCannotCarryAreRefusedBeforeAnythingIsSent() {
    try (QmpSession session = session(negotiating())) {
      assertThatThrownBy(() -> session.submit("x", Map.of("a", new Object()), SOON))
          .isInstanceOf(InvalidSpec.class)
          .hasMessageContaining("java.lang.Object");
      assertThatThrownBy(() -> session.submit("x", Map.of("a", Double.NaN), SOON))
          .isInstanceOf(InvalidSpec.class);
      assertThat(session.state()).isEqualTo(SessionState.RUNNING);
    }
  }

  @Test
  void aSubscriptionAfterTheEndSaysSoAtOnce() {
    QmpSession session = session(negotiating());
    session.close();
    EventQueue events = session.subscribe(event -> true);
    assertThatThrownBy(() -> events.next(SOON)).isInstanceOf(ProtocolFailure.class);
  }

  @Test
  void eventsBeforeTheEndAreStillHandedOut() {
    FakeTransport peer = negotiating();
    try (QmpSession session = session(peer);
        EventQueue events = session.subscribe(event -> event.name().equals("SHUTDOWN"))) {
      peer.say(event("RESET", 1)).say(event("SHUTDOWN", 2)).hangUp();
      assertThat(events.next(SOON).data().path("n").asInt()).isEqualTo(2);
      assertThatThrownBy(() -> events.next(SOON)).isInstanceOf(ProtocolFailure.class);
    }
  }
}
