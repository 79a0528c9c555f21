package io.vmkit.qmp.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a QMP server sends: a {@link Greeting} once, then {@link Reply replies}, {@link ErrorReply
 * error replies} and {@link Event events} in any order. {@code toString} is bounded and shows no
 * secrets.
 */
public sealed interface QmpMessage {
  /**
   * The first message of a connection (QMP specification, section 2.2).
   *
   * @param version which QEMU it is
   * @param capabilities what may be switched on while negotiating, such as {@code oob}
   */
  record Greeting(QemuVersion version, Set<String> capabilities) implements QmpMessage {
    /** The name of the capability that lets commands run out of band. */
    public static final String OOB = "oob";

    /**
     * Copies the set.
     *
     * @param version which QEMU it is
     * @param capabilities what may be switched on while negotiating
     */
    public Greeting {
      capabilities = Set.copyOf(capabilities);
    }
  }

  /**
   * A command has been carried out (section 2.4.1).
   *
   * @param id of the command; null where the peer left it out
   * @param value what it returned; an empty object when there is nothing to say
   */
  record Reply(@Nullable Long id, JsonNode value) implements QmpMessage {
    @Override
    public String toString() {
      return "reply " + id + " " + Redacted.text(value);
    }
  }

  /**
   * A command has failed, or something sent was no command (section 2.4.2).
   *
   * @param id of the command; null when it could not be told
   * @param kind the error's class, such as {@code GenericError} or {@code CommandNotFound}
   * @param description the peer's own words
   */
  record ErrorReply(@Nullable Long id, String kind, String description) implements QmpMessage {}

  /**
   * Something has happened in the machine (section 2.5).
   *
   * @param name such as {@code SHUTDOWN}
   * @param data what belongs to it; an empty object when there is nothing
   * @param timestamp when, by the host's clock; the epoch where that clock could not be read
   */
  record Event(String name, JsonNode data, Instant timestamp) implements QmpMessage {
    @Override
    public String toString() {
      return name + " " + Redacted.text(data) + " at " + timestamp;
    }
  }
}
