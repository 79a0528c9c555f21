package io.vmkit.qmp.codec;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A command for the guest agent, which knows no ids. {@code toString} is bounded and shows no
 * secrets.
 *
 * @param name such as {@code guest-ping}
 * @param arguments by name; plain values or Jackson's trees
 */
public record AgentCommand(String name, Map<String, ?> arguments) {
  private static final byte SENTINEL = (byte) 0xFF;

  /**
   * {@return the command whose answer marks where stale bytes end}
   *
   * @param id comes back as the answer
   */
  public static AgentCommand sync(long id) {
    return new AgentCommand("guest-sync-delimited", Map.of("id", id));
  }

  /**
   * {@return the command as one line of JSON}
   *
   * @throws IllegalArgumentException when an argument is something that JSON cannot carry
   */
  public ByteBuffer encode() {
    return ByteBuffer.wrap(line());
  }

  /** {@return the command behind a 0xFF, which makes the agent forget half a command} */
  public ByteBuffer encodeAfterSentinel() {
    byte[] line = line();
    return ByteBuffer.allocate(line.length + 1).put(SENTINEL).put(line).flip();
  }

  private byte[] line() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("execute", name);
    if (!arguments.isEmpty()) {
      object.put("arguments", arguments);
    }
    return JsonTrees.line(object);
  }

  /** {@return the name and the arguments, as far as they are no secrets} */
  @Override
  public String toString() {
    return arguments.isEmpty() ? name : name + " " + Redacted.text(arguments);
  }
}
