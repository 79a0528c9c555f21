package io.vmkit.qmp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QmpDecoderTest {
  private static final String STREAM =
      """
      {"QMP": {"version": {"qemu": {"micro": 0, "minor": 2, "major": 9}, "package": ""},
       "capabilities": ["oob"]}}
      {"return": {"text": "br{a[ce \\"quoted\\" \\\\", "ü": [1, -2.5, true, null, "😀"]}, "id": 1}
      {"timestamp": {"seconds": 1700000000, "microseconds": 25}, "event": "RESET",
       "data": {"guest": true}}{"event": "STOP", "timestamp": {"seconds": -1, "microseconds": -1}}
      {"error": {"class": "GenericError", "desc": "no"}, "id": 2}
      {"return": 18446744073709551615, "id": 3}
      """;

  private static List<QmpMessage> decode(byte[] bytes, int piece, CodecLimits limits)
      throws MalformedMessage {
    QmpDecoder decoder = new QmpDecoder(limits);
    List<QmpMessage> messages = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += piece) {
      ByteBuffer in =
          ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece)));
      for (QmpMessage m = decoder.next(in); m != null; m = decoder.next(in)) {
        messages.add(m);
      }
    }
    return messages;
  }

  private static QmpMessage one(String message) throws MalformedMessage {
    List<QmpMessage> messages =
        decode(message.getBytes(UTF_8), Integer.MAX_VALUE / 2, CodecLimits.DEFAULT);
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  @Property(tries = 100)
  void messagesDoNotDependOnHowTheStreamIsCut(@ForAll @IntRange(min = 1, max = 600) int piece)
      throws MalformedMessage {
    List<QmpMessage> messages = decode(STREAM.getBytes(UTF_8), piece, CodecLimits.DEFAULT);
    assertThat(messages)
        .extracting(message -> (Object) message.getClass())
        .containsExactly(
            QmpMessage.Greeting.class,
            QmpMessage.Reply.class,
            QmpMessage.Event.class,
            QmpMessage.Event.class,
            QmpMessage.ErrorReply.class,
            QmpMessage.Reply.class);
    JsonNode value = ((QmpMessage.Reply) messages.get(1)).value();
    assertThat(value.path("text").asText()).isEqualTo("br{a[ce \"quoted\" \\");
    assertThat(value.path("ü").path(4).asText()).isEqualTo("😀");
    assertThat(((QmpMessage.Reply) messages.get(5)).value().bigIntegerValue())
        .isEqualTo(new BigInteger("18446744073709551615"));
  }

  @Test
  void eventsCarryTheHostsClock() throws MalformedMessage {
    List<QmpMessage> messages = decode(STREAM.getBytes(UTF_8), 7, CodecLimits.DEFAULT);
    assertThat(((QmpMessage.Event) messages.get(2)).timestamp())
        .isEqualTo(Instant.ofEpochSecond(1_700_000_000, 25_000));
    assertThat(((QmpMessage.Event) messages.get(3)).timestamp()).isEqualTo(Instant.EPOCH);
    assertThat(((QmpMessage.Event) messages.get(3)).data()).isEmpty();
  }

  @Test
  void limitsAreHeldAtTheByte() throws MalformedMessage {
    String message = "{\"return\": [\"aaaa\"], \"id\": 1}";
    int length = message.length();
    byte[] bytes = message.getBytes(UTF_8);
    assertThat(decode(bytes, 3, new CodecLimits(length, 2))).hasSize(1);
    assertThatThrownBy(() -> decode(bytes, 3, new CodecLimits(length - 1, 2)))
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> decode(bytes, 3, new CodecLimits(length, 1)))
        .isInstanceOf(MalformedMessage.class);
  }

  @Test
  void aLongMessageDoesNotSpoilTheNext() throws MalformedMessage {
    String longOne = "{\"return\": \"" + "x".repeat(3 << 20) + "\", \"id\": 1}";
    assertThat(decode((longOne + longOne).getBytes(UTF_8), 8192, CodecLimits.DEFAULT)).hasSize(2);
  }

  @Test
  void whatIsMalformedIsNotQuoted() {
    assertThatThrownBy(() -> one("{\"return\": geheim, \"id\": 1}"))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageNotContaining("geheim")
        .hasNoCause();
  }

  @Test
  void absurdNumbersAreRefused() {
    assertThatThrownBy(() -> one("{\"return\": " + "9".repeat(1000) + ", \"id\": 1}"))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("out of bounds");
  }

  @Property(tries = 5000)
  void mutatedStreamsGiveMessagesOrAMalformedMessage(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = Mutations.of(STREAM.getBytes(UTF_8), random);
    try {
      decode(bytes, 1 + random.nextInt(100), new CodecLimits(4096, 32))
          .forEach(message -> assertThat(message.toString()).isNotNull());
    } catch (MalformedMessage e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(300);
    }
  }

  @Property(tries = 5000)
  void anAgentsMutatedStreamNeverHidesTheAnswerBehindTheNextSentinel(@ForAll long seed)
      throws MalformedMessage {
    Random random = new Random(seed);
    AgentDecoder decoder = new AgentDecoder(new CodecLimits(4096, 32));
    ByteBuffer in = ByteBuffer.wrap(Mutations.of(STREAM.getBytes(UTF_8), random));
    while (in.hasRemaining()) {
      try {
        decoder.next(in);
      } catch (MalformedMessage e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    ByteBuffer sync =
        ByteBuffer.allocate(100).put((byte) 0xFF).put("{\"return\": 5}".getBytes(UTF_8));
    assertThat(decoder.next(sync.flip()))
        .isInstanceOfSatisfying(
            AgentAnswer.Return.class, answer -> assertThat(answer.syncs(5)).isTrue());
  }
}
