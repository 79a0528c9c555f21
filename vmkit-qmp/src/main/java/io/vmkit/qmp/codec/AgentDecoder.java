package io.vmkit.qmp.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a guest agent's byte stream, in pieces of any size. Starts by skipping to a sentinel, since
 * the channel may hold what an earlier conversation left. For one thread.
 */
public final class AgentDecoder {
  private final JsonFramer framer;
  private final JsonTrees trees;

  /**
   * Creates a decoder for one connection.
   *
   * @param limits what the agent, which is to say the guest, may send
   */
  public AgentDecoder(CodecLimits limits) {
    this.framer = new JsonFramer(limits, true);
    this.trees = new JsonTrees(limits);
    framer.skipToSentinel();
  }

  /** Throws away all that comes until the next sentinel. */
  public void skipToSentinel() {
    framer.skipToSentinel();
  }

  /**
   * Takes bytes until an answer is complete.
   *
   * @param in a buffer with an array; what it still has afterwards belongs to the next answers
   * @return the answer, or null when more bytes are needed and {@code in} is empty
   * @throws MalformedMessage when the bytes are no answer; the next call goes on behind the next
   *     sentinel
   */
  public @Nullable AgentAnswer next(ByteBuffer in) throws MalformedMessage {
    try {
      return framer.advance(in)
          ? classify(trees.readObject(framer.frame(), framer.length()))
          : null;
    } catch (MalformedMessage e) {
      framer.skipToSentinel();
      throw e;
    }
  }

  private AgentAnswer classify(ObjectNode object) throws MalformedMessage {
    JsonNode value = object.get("return");
    if (value != null) {
      return new AgentAnswer.Return(value, framer.delimited());
    }
    JsonNode error = object.get("error");
    if (error == null) {
      throw new MalformedMessage("an answer has neither return nor error");
    }
    return new AgentAnswer.Refusal(error.path("class").asText(), error.path("desc").asText());
  }
}
