package io.vmkit.qmp.session;

import static io.vmkit.qmp.session.FakeQemu.GREETING;
import static io.vmkit.qmp.session.FakeQemu.SOON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.error.VmkitException;
import io.vmkit.qmp.codec.CodecLimits;
import io.vmkit.qmp.codec.Mutations;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever the peer says before it leaves: the call ends, and so does the reader. */
class SessionFuzzTest {
  private static final CodecLimits LIMITS = new CodecLimits(4096, 32);

  @Property(tries = 3000)
  void aMutatedQmpStreamEndsInAReplyOrAFailure(@ForAll long seed) {
    Random random = new Random(seed);
    String stream =
        GREETING
            + FakeQemu.event("STOP", 1)
            + "{\"return\": {}, \"id\": 1}\r\n"
            + "{\"return\": {\"status\": \"running\"}, \"id\": 2}\r\n";
    FakeTransport peer =
        new FakeTransport().say(Mutations.of(stream.getBytes(ISO_8859_1), random)).hangUp();
    try (QmpSession session = QmpSession.open(peer, LIMITS, SOON)) {
      session.submit("query-status", Map.of(), SOON).await(SOON);
    } catch (ProtocolFailure | PeerRefused e) {
      assertThat(e.getMessage()).hasSizeLessThan(5000);
    }
    assertThat(peer.isClosed()).isTrue();
  }

  @Property(tries = 3000)
  void aMutatedAgentStreamEndsInAnAnswerOrAFailure(@ForAll long seed) {
    Random random = new Random(seed);
    FakeTransport peer =
        new FakeTransport(
            (agent, line) -> {
              String answer =
                  line.contains("sync")
                      ? "{\"error\": {}}\n\u00ff{\"return\": " + line.replaceAll("\\D", "") + "}\n"
                      : "{\"return\": {\"pid\": 5}}\n";
              agent.say(Mutations.of(answer.getBytes(ISO_8859_1), random));
              if (random.nextInt(3) == 0 || !line.contains("sync")) {
                agent.hangUp();
              }
            });
    try (AgentSession session = AgentSession.over(peer, LIMITS)) {
      if (random.nextBoolean()) {
        peer.hangUp();
      }
      session.execute("guest-exec", Map.of("path", "true"), Duration.ofMillis(5));
    } catch (VmkitException e) {
      assertThat(e.getMessage()).hasSizeLessThan(5000);
    }
    assertThat(peer.isClosed()).isTrue();
  }

  @AfterContainer
  static void noReaderIsLeft() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().endsWith(" fake")) {
        thread.join(SOON.toMillis());
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }
}
