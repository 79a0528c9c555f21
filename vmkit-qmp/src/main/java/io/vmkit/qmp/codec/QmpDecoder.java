package io.vmkit.qmp.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a QMP server's byte stream, in pieces of any size. For one thread; of no more use after its
 * first error.
 */
public final class QmpDecoder {
  private final JsonFramer framer;
  private final JsonTrees trees;

  /**
   * Creates a decoder for one connection.
   *
   * @param limits what the peer may send
   */
  public QmpDecoder(CodecLimits limits) {
    this.framer = new JsonFramer(limits, false);
    this.trees = new JsonTrees(limits);
  }

  /**
   * Takes bytes until a message is complete.
   *
   * @param in a buffer with an array; what it still has afterwards belongs to the next messages
   * @return the message, or null when more bytes are needed and {@code in} is empty
   * @throws MalformedMessage when the bytes are no message
   */
  public @Nullable QmpMessage next(ByteBuffer in) throws MalformedMessage {
    return framer.advance(in) ? classify(trees.readObject(framer.frame(), framer.length())) : null;
  }

  /** {@return the length of the last message, in bytes} */
  public int lastLength() {
    return framer.length();
  }

  private static QmpMessage classify(ObjectNode object) throws MalformedMessage {
    if (object.has("event")) {
      return event(object);
    }
    if (object.has("return")) {
      return new QmpMessage.Reply(id(object), object.get("return"));
    }
    if (object.has("error")) {
      JsonNode error = object.get("error");
      return new QmpMessage.ErrorReply(id(object), text(error, "class"), text(error, "desc"));
    }
    if (object.has("QMP")) {
      return greeting(object.get("QMP"));
    }
    throw new MalformedMessage("a message is neither greeting, reply, error nor event");
  }

  private static QmpMessage event(ObjectNode object) throws MalformedMessage {
    JsonNode data = object.path("data");
    JsonNode time = object.path("timestamp");
    long seconds = time.path("seconds").asLong(-1);
    long micros = time.path("microseconds").asLong(0);
    boolean known = seconds >= 0 && seconds <= Instant.MAX.getEpochSecond() && micros >= 0;
    return new QmpMessage.Event(
        text(object, "event"),
        data.isMissingNode() ? JsonNodeFactory.instance.objectNode() : data,
        known ? Instant.ofEpochSecond(seconds, micros % 1_000_000 * 1000) : Instant.EPOCH);
  }

  private static QmpMessage greeting(JsonNode qmp) throws MalformedMessage {
    JsonNode qemu = qmp.path("version").path("qemu");
    if (!qemu.isObject()) {
      throw new MalformedMessage("the greeting names no version");
    }
    Set<String> capabilities = new HashSet<>();
    qmp.path("capabilities").forEach(capability -> capabilities.add(capability.asText()));
    QemuVersion version =
        new QemuVersion(
            qemu.path("major").asInt(),
            qemu.path("minor").asInt(),
            qemu.path("micro").asInt(),
            qmp.path("version").path("package").asText());
    return new QmpMessage.Greeting(version, capabilities);
  }

  private static @Nullable Long id(ObjectNode object) throws MalformedMessage {
    JsonNode id = object.get("id");
    if (id == null || id.isNull()) {
      return null;
    }
    if (!id.canConvertToLong() || !id.isIntegralNumber()) {
      throw new MalformedMessage("a reply's id is not a number of ours");
    }
    return id.longValue();
  }

  private static String text(JsonNode object, String name) throws MalformedMessage {
    JsonNode value = object.get(name);
    if (value == null || !value.isTextual()) {
      throw new MalformedMessage("a message has no text in its member " + name);
    }
    return value.textValue();
  }
}
