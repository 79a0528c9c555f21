package io.vmkit.guest;

import io.vmkit.error.ProtocolFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The guest agent's commands about programs and files, typed. Thread-safe as its channel. */
final class AgentCalls {
  /** How long one answer may take: a guest under emulation and load needs seconds to fork. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  /** Bytes of a file in one message; larger ones only cost memory on both sides. */
  static final int CHUNK = 256 * 1024;

  private final AgentChannel channel;
  private final Duration limit;

  AgentCalls(AgentChannel channel) {
    this(channel, LIMIT);
  }

  /** Calls that may take so long each, and not the usual {@link #LIMIT}. */
  AgentCalls(AgentChannel channel, Duration limit) {
    this.channel = channel;
    this.limit = limit;
  }

  /**
   * What guest-exec-status says.
   *
   * @param exited whether the program has ended; all else means something only then
   * @param code its exit code, 128 + n for signal n
   * @param truncated whether the agent cut the output, which it does at 16 MiB
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Status(boolean exited, int code, byte[] stdout, byte[] stderr, boolean truncated) {}

  /** A part of a file; no bytes at its end. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Part(byte[] bytes, boolean end) {}

  /** Starts a program and returns its process id. The output is kept by the agent if captured. */
  long exec(List<String> argv, byte @Nullable [] input, boolean capture) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("path", argv.get(0));
    arguments.put("arg", argv.subList(1, argv.size()));
    arguments.put("capture-output", capture);
    if (input != null) {
      arguments.put("input-data", Base64.getEncoder().encodeToString(input));
    }
    return fields("guest-exec", arguments).number("pid");
  }

  Status status(long pid) {
    Fields fields = fields("guest-exec-status", Map.of("pid", pid));
    long code = fields.has("signal") ? 128 + fields.number("signal") : fields.number("exitcode", 0);
    return new Status(
        fields.flag("exited"),
        (int) code,
        fields.bytes("out-data"),
        fields.bytes("err-data"),
        fields.flag("out-truncated") || fields.flag("err-truncated"));
  }

  /** Opens a file by an fopen(3) mode and returns its handle. */
  long open(String path, String mode) {
    Object handle = call("guest-file-open", Map.of("path", path, "mode", mode));
    if (handle instanceof Number number) {
      return number.longValue();
    }
    throw unexpected("guest-file-open", handle);
  }

  Part read(long handle) {
    Fields fields = fields("guest-file-read", Map.of("handle", handle, "count", CHUNK));
    return new Part(fields.bytes("buf-b64"), fields.flag("eof"));
  }

  void write(long handle, byte[] bytes, int offset, int length) {
    int written = 0;
    while (written < length) {
      int count = Math.min(CHUNK, length - written);
      byte[] part = Arrays.copyOfRange(bytes, offset + written, offset + written + count);
      String text = Base64.getEncoder().encodeToString(part);
      Fields fields = fields("guest-file-write", Map.of("handle", handle, "buf-b64", text));
      written += Math.toIntExact(fields.number("count"));
    }
  }

  void flush(long handle) {
    call("guest-file-flush", Map.of("handle", handle));
  }

  void close(long handle) {
    call("guest-file-close", Map.of("handle", handle));
  }

  private Object call(String command, Map<String, ?> arguments) {
    return channel.execute(command, arguments, limit);
  }

  private Fields fields(String command, Map<String, ?> arguments) {
    return Fields.of(command, call(command, arguments));
  }

  static ProtocolFailure unexpected(String command, @Nullable Object answer) {
    return new ProtocolFailure(
        "talk to the guest agent",
        command,
        "unexpected answer of type "
            + (answer == null ? "null" : answer.getClass().getSimpleName()),
        "check that it is qemu-ga that answers",
        null);
  }

  /** The fields of an answer, checked as they are read. */
  record Fields(String command, Map<?, ?> values) {
    static Fields of(String command, Object answer) {
      if (answer instanceof Map<?, ?> map) {
        return new Fields(command, map);
      }
      throw unexpected(command, answer);
    }

    boolean has(String name) {
      return values.containsKey(name);
    }

    long number(String name) {
      if (values.get(name) instanceof Number number) {
        return number.longValue();
      }
      throw unexpected(command, values.get(name));
    }

    long number(String name, long otherwise) {
      return has(name) ? number(name) : otherwise;
    }

    boolean flag(String name) {
      return Boolean.TRUE.equals(values.get(name));
    }

    String text(String name) {
      return values.get(name) instanceof String text ? text : "";
    }

    byte[] bytes(String name) {
      return Base64.getDecoder().decode(text(name));
    }
  }
}
