package io.vmkit.qmp.codec;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A command for a QMP server (section 2.3). {@code toString} is bounded and shows no secrets.
 *
 * @param id comes back in the reply
 * @param name such as {@code query-status}
 * @param arguments by name; plain values ({@code Map}, {@code Iterable}, {@code String}, {@code
 *     Number}, {@code Boolean}, null) or Jackson's trees
 * @param outOfBand whether it overtakes the commands that wait in QEMU's queue ({@code exec-oob})
 */
public record QmpCommand(long id, String name, Map<String, ?> arguments, boolean outOfBand) {
  /**
   * {@return the command as one line of JSON}
   *
   * @throws IllegalArgumentException when an argument is something that JSON cannot carry
   */
  public ByteBuffer encode() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(outOfBand ? "exec-oob" : "execute", name);
    if (!arguments.isEmpty()) {
      object.put("arguments", arguments);
    }
    object.put("id", id);
    return ByteBuffer.wrap(JsonTrees.line(object));
  }

  /** {@return the name and the arguments, as far as they are no secrets} */
  @Override
  public String toString() {
    return arguments.isEmpty() ? name : name + " " + Redacted.text(arguments);
  }
}
