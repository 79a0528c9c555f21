package io.vmkit.guest;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.guest.Polled.NotYet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What conditions ask the guest agent, each question within {@link Polled#LOOK}. Errors that may
 * pass are told apart from those that won't.
 */
final class AgentLook {
  /** How much of a file is read at once, in bytes; the files that are looked at are smaller. */
  private static final int CHUNK = 64 * 1024;

  private final Guest guest;

  private AgentLook(Guest guest) {
    this.guest = guest;
  }

  /** Begins a look; there is none without an agent. */
  static AgentLook into(Guest guest) throws NotYet {
    if (guest.link().agentConnectedAt().isEmpty()) {
      throw new NotYet("no guest agent has connected");
    }
    return new AgentLook(guest);
  }

  /** Whether a file can be opened. */
  boolean exists(String path) throws NotYet {
    Optional<Object> handle = open(path);
    if (handle.isPresent()) {
      close(handle.get());
    }
    return handle.isPresent();
  }

  /** The content of a file; empty when it cannot be opened. */
  Optional<String> file(String path) throws NotYet {
    Optional<Object> handle = open(path);
    if (handle.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(handle.get()));
    } finally {
      close(handle.get());
    }
  }

  private Optional<Object> open(String path) throws NotYet {
    try {
      return Optional.of(
          guest.link().agent().execute("guest-file-open", Map.of("path", path), Polled.LOOK));
    } catch (PeerRefused e) {
      return Optional.empty(); // It does not exist, or cannot be read.
    } catch (DeadlineExceeded | ProtocolFailure e) {
      throw new NotYet(e);
    }
  }

  private String read(Object handle) throws NotYet {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    boolean end = false;
    while (!end) {
      Map<?, ?> chunk =
          (Map<?, ?>) execute("guest-file-read", Map.of("handle", handle, "count", CHUNK));
      content.writeBytes(Base64.getDecoder().decode(String.valueOf(chunk.get("buf-b64"))));
      end = Boolean.TRUE.equals(chunk.get("eof")) || Long.valueOf(0).equals(chunk.get("count"));
    }
    return content.toString(StandardCharsets.UTF_8);
  }

  private void close(Object handle) throws NotYet {
    execute("guest-file-close", Map.of("handle", handle));
  }

  private Object execute(String command, Map<String, ?> arguments) throws NotYet {
    try {
      return guest.link().agent().execute(command, arguments, Polled.LOOK);
    } catch (DeadlineExceeded | ProtocolFailure | PeerRefused e) {
      throw new NotYet(e);
    }
  }

  /** How a short program ended. */
  GuestResult run(String program, String... arguments) throws NotYet {
    GuestCommand command =
        GuestCommand.of(program, arguments).timeout(Polled.LOOK.multipliedBy(5)).build();
    try {
      return guest.agent().run(command);
    } catch (DeadlineExceeded | ProtocolFailure | PeerRefused e) {
      throw new NotYet(e);
    }
  }
}
