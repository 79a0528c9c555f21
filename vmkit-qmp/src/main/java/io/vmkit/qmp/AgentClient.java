package io.vmkit.qmp;

import io.vmkit.guest.AgentChannel;
import io.vmkit.qmp.codec.CodecLimits;
import io.vmkit.qmp.session.AgentSession;
import io.vmkit.qmp.session.Transport;
import io.vmkit.qmp.session.UnixTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The guest agent behind a socket of QEMU's. May be made before the guest has booted: commands wait
 * for the agent as long as their time-out lets them. Gets itself into step again after a time-out,
 * garbage, or a restart of the agent. QEMU serves one client of the socket at a time; another's
 * commands time out.
 */
public final class AgentClient implements AgentChannel {
  private final AgentSession session;

  private AgentClient(AgentSession session) {
    this.session = session;
  }

  /**
   * Connects to the socket behind the guest's agent port.
   *
   * @param socket its path
   * @param timeout for connecting; whether an agent answers shows with the first command
   * @return the connection
   * @throws io.vmkit.error.DriverUnavailable when nobody listens there
   */
  public static AgentClient connect(Path socket, Duration timeout) {
    return over(UnixTransport.connect(socket, timeout));
  }

  /**
   * {@return the agent behind a connection that was made in another way}
   *
   * @param transport a fresh connection; owned by the client
   */
  public static AgentClient over(Transport transport) {
    return new AgentClient(AgentSession.over(transport, CodecLimits.DEFAULT));
  }

  @Override
  public Object execute(String command, Map<String, ?> arguments, Duration timeout) {
    return PlainValues.of(session.execute(command, arguments, timeout));
  }

  @Override
  public void close() {
    session.close();
  }
}
