package io.vmkit.guest;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.DriverUnavailable;
import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.guest.Polled.NotYet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What conditions ask the guest agent, each question within {@link Polled#LOOK}. Errors that may
 * pass are told apart from those that won't.
 */
final class AgentLook {
  /** A program costs more than a question: an emulated guest needs a second to start one. */
  private static final Duration PROGRAM = Polled.LOOK.multipliedBy(5);

  private final Guest guest;
  private final AgentCalls calls;

  private AgentLook(Guest guest) {
    this.guest = guest;
    this.calls = new AgentCalls(guest.link().agent(), Polled.LOOK);
  }

  /** Begins a look; there is none without an agent. */
  static AgentLook into(Guest guest) throws NotYet {
    if (guest.link().agentConnectedAt().isEmpty()) {
      throw new NotYet("no guest agent has connected");
    }
    try {
      return new AgentLook(guest);
    } catch (DriverUnavailable e) {
      throw new NotYet(e); // QEMU has just gone: who waits is told in a moment.
    }
  }

  /** Whether a file can be opened. */
  boolean exists(String path) throws NotYet {
    try {
      calls.close(calls.open(path, "r"));
      return true;
    } catch (PeerRefused e) {
      return false;
    } catch (DeadlineExceeded | ProtocolFailure e) {
      throw new NotYet(e);
    }
  }

  /** The content of a small file; empty when it cannot be opened. */
  Optional<String> file(String path) throws NotYet {
    try {
      long handle = calls.open(path, "r");
      try {
        return Optional.of(read(handle));
      } finally {
        calls.close(handle);
      }
    } catch (PeerRefused e) {
      return Optional.empty(); // It does not exist, or cannot be read.
    } catch (DeadlineExceeded | ProtocolFailure e) {
      throw new NotYet(e);
    }
  }

  private String read(long handle) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    AgentCalls.Part part = calls.read(handle);
    while (part.bytes().length > 0) {
      content.writeBytes(part.bytes());
      part = calls.read(handle);
    }
    return content.toString(StandardCharsets.UTF_8);
  }

  /** How a short program ended. */
  GuestResult run(String program, String... arguments) throws NotYet {
    GuestCommand command = GuestCommand.of(program, arguments).timeout(PROGRAM).build();
    try {
      return guest.agent().run(command);
    } catch (DeadlineExceeded | ProtocolFailure | PeerRefused e) {
      throw new NotYet(e);
    }
  }
}
