package io.vmkit.qmp.session;

import static io.vmkit.qmp.session.FakeQemu.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.qmp.codec.CodecLimits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentSessionTest {
  private static final Duration SHORT = Duration.ofMillis(30);

  /** The common pool has one thread on two processors. */
  private static final Executor THREADS = task -> new Thread(task).start();

  private static AgentSession over(FakeTransport agent) {
    return AgentSession.over(agent, CodecLimits.DEFAULT);
  }

  private static JsonNode ping(AgentSession session, Duration timeout) {
    return session.execute("guest-ping", Map.of(), timeout);
  }

  private static boolean isSync(String line) {
    return line.contains("guest-sync-delimited");
  }

  private static String syncAnswer(String line) {
    return "\u00ff{\"return\": " + line.replaceAll("\\D", "") + "}\n";
  }

  /** An agent that gets into step and answers every command with the same text. */
  private static FakeTransport agent(String answer) {
    return new FakeTransport((peer, line) -> peer.say(isSync(line) ? syncAnswer(line) : answer));
  }

  @Test
  void theFirstCommandGetsIntoStepAndTheNextDoesNot() throws Exception {
    FakeTransport agent = agent("{\"return\": {}}\n");
    try (AgentSession session = over(agent)) {
      ping(session, SOON);
      ping(session, SOON);
      assertThat(agent.line()).startsWith("\u00ff{\"execute\":\"guest-sync-delimited\"");
      assertThat(agent.line()).isEqualTo("{\"execute\":\"guest-ping\"}");
      assertThat(agent.line()).isEqualTo("{\"execute\":\"guest-ping\"}");
    }
  }

  @Test
  void whatAnEarlierConversationLeftIsThrownAway() {
    FakeTransport agent =
        agent("{\"return\": 1}\n")
            .say("alf an answer\"}\n{\"return\": 7}\n\u00ff{\"return\": 5}\n\u00ff\u00ff{\"ret");
    try (AgentSession session = over(agent)) {
      assertThat(ping(session, SOON).asInt()).isEqualTo(1);
    }
  }

  @Test
  void aRefusalIsThePeersOwnAndKeepsTheStep() throws Exception {
    FakeTransport agent =
        agent("{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"no such\"}}\n");
    try (AgentSession session = over(agent)) {
      assertThatExceptionOfType(PeerRefused.class)
          .isThrownBy(() -> ping(session, SOON))
          .satisfies(e -> assertThat(e.kind()).isEqualTo("CommandNotFound"));
      assertThatThrownBy(() -> ping(session, SOON)).isInstanceOf(PeerRefused.class);
      assertThat(isSync(agent.line())).isTrue();
      assertThat(isSync(agent.line())).isFalse();
      assertThat(isSync(agent.line())).isFalse();
    }
  }

  @Test
  void noAgentIsADeadlineAndALateOneIsFound() {
    FakeTransport channel = new FakeTransport();
    try (AgentSession session = over(channel)) {
      assertThatThrownBy(() -> ping(session, SHORT))
          .isInstanceOf(DeadlineExceeded.class)
          .hasMessageContaining("qemu-guest-agent");
      CompletableFuture<JsonNode> waits =
          CompletableFuture.supplyAsync(() -> ping(session, SOON), THREADS);
      CompletableFuture<Void> starts =
          CompletableFuture.runAsync(() -> answerCommand(channel), THREADS);
      assertThat(waits.join().asInt()).isEqualTo(1);
      starts.join();
    }
  }

  /** Answers the stale syncs, the fresh one and the command, as an agent does that starts late. */
  private static void answerCommand(FakeTransport channel) {
    try {
      boolean sync;
      do {
        String line = channel.line();
        sync = isSync(line);
        channel.say(sync ? syncAnswer(line) : "{\"return\": 1}\n");
      } while (sync);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anAnswerThatComesTooLateIsNotTakenForTheNext() {
    AtomicInteger commands = new AtomicInteger();
    FakeTransport agent =
        new FakeTransport(
            (peer, line) -> {
              if (isSync(line) && commands.get() == 1) {
                peer.say("{\"return\": \"late\"}\n").say(syncAnswer(line));
              } else if (isSync(line)) {
                peer.say(syncAnswer(line));
              } else if (commands.incrementAndGet() > 1) {
                peer.say("{\"return\": \"right\"}\n");
              }
            });
    try (AgentSession session = over(agent)) {
      assertThatThrownBy(() -> ping(session, SHORT)).isInstanceOf(DeadlineExceeded.class);
      assertThat(ping(session, SOON).asText()).isEqualTo("right");
    }
  }

  @Test
  void aGarbledAnswerFailsItsCommandAndTheNextGetsIntoStepAgain() {
    AtomicInteger commands = new AtomicInteger();
    FakeTransport agent =
        new FakeTransport(
            (peer, line) -> {
              if (isSync(line)) {
                peer.say(syncAnswer(line));
              } else {
                peer.say(commands.incrementAndGet() == 1 ? "panic: {]}\n" : "{\"return\": 2}\n");
              }
            });
    try (AgentSession session = over(agent)) {
      assertThatThrownBy(() -> ping(session, SOON)).isInstanceOf(ProtocolFailure.class);
      assertThat(ping(session, SOON).asInt()).isEqualTo(2);
    }
  }

  @Test
  void anAgentThatRestartsHalfWayThroughAnAnswerIsAskedAgain() {
    AtomicInteger commands = new AtomicInteger();
    FakeTransport agent =
        new FakeTransport(
            (peer, line) -> {
              if (isSync(line)) {
                peer.say(syncAnswer(line));
              } else {
                peer.say(
                    commands.incrementAndGet() == 1 ? "{\"return\": {\"half" : "{\"return\": 2}");
              }
            });
    try (AgentSession session = over(agent)) {
      assertThatThrownBy(() -> ping(session, SHORT)).isInstanceOf(DeadlineExceeded.class);
      assertThat(ping(session, SOON).asInt()).isEqualTo(2);
    }
  }

  @Test
  void closingWakesTheOneWhoWaits() {
    AgentSession session = over(new FakeTransport());
    CompletableFuture<JsonNode> waits =
        CompletableFuture.supplyAsync(() -> ping(session, SOON), THREADS);
    session.close();
    assertThatThrownBy(waits::join).hasCauseInstanceOf(ProtocolFailure.class);
    assertThatThrownBy(() -> ping(session, SOON)).isInstanceOf(ProtocolFailure.class);
  }

  @Test
  void theLossOfTheChannelSaysWhatWasSent() {
    FakeTransport agent =
        new FakeTransport(
            (peer, line) -> {
              if (isSync(line)) {
                peer.say(syncAnswer(line));
              } else {
                peer.hangUp();
              }
            });
    try (AgentSession session = over(agent)) {
      assertThatExceptionOfType(ProtocolFailure.class)
          .isThrownBy(() -> session.execute("guest-exec", Map.of("input-data", "Z2VoZWlt"), SOON))
          .satisfies(e -> assertThat(e.sent()).contains("guest-exec"))
          .withMessageNotContaining("Z2VoZWlt");
    }
  }
}
