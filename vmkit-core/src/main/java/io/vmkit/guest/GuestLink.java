package io.vmkit.guest;

import io.vmkit.error.Evidence;
import io.vmkit.event.Subscription;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * The ways into one running machine, as its driver offers them. Thread-safe; everything it returns
 * is the driver's own and ends with the machine.
 */
public interface GuestLink {
  /** {@return the machine's name} */
  String name();

  /** {@return when its start began, or when it was found running} */
  Instant startedAt();

  /** {@return when its processors began to run; empty when it was found running} */
  default Optional<Instant> poweredAt() {
    return Optional.empty();
  }

  /** {@return the channel to its guest agent, which may not run yet} */
  AgentChannel agent();

  /** {@return since when an agent has its end of the channel open; empty while none has} */
  Optional<Instant> agentConnectedAt();

  /** {@return how its SSH server is reached; empty when no seed told the guest whom to let in} */
  Optional<SshEndpoint> ssh();

  /** {@return settings for people's own ssh; empty when there is no SSH} */
  Optional<SshConfig> sshConfig();

  /**
   * {@return where a TCP port of the guest is reached from this host; empty when it is not}
   *
   * @param guestPort the port in the guest
   */
  Optional<InetSocketAddress> address(int guestPort);

  /** {@return its serial console} */
  ConsoleHub console();

  /** {@return signals from now on, to be closed by the caller; ends when the machine is gone} */
  Subscription<GuestSignal> signals();

  /** {@return what the host knows about it: QEMU's words, the end of its console} */
  Evidence evidence();
}
