package io.vmkit.guest;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.value.MacAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The QEMU guest agent's commands, typed. Each takes up to 30 s unless said otherwise, is
 * interruptible, and throws what {@link AgentChannel#execute} throws. Thread-safe. Programs and
 * files are the business of {@link AgentShell}.
 */
public final class GuestAgent {
  private static final Logger LOG = LoggerFactory.getLogger(GuestAgent.class);

  /** The agent answers to a shutdown only when it refuses, and then at once. */
  private static final Duration REFUSAL = Duration.ofSeconds(1);

  /** What Linux gives the loopback interface. */
  private static final String NO_MAC = "00:00:00:00:00:00";

  private final AgentChannel channel;

  private GuestAgent(AgentChannel channel) {
    this.channel = channel;
  }

  /**
   * {@return the agent at the other end of a channel; nothing is sent yet}
   *
   * @param channel the conversation; stays the caller's to close
   */
  public static GuestAgent over(AgentChannel channel) {
    return new GuestAgent(channel);
  }

  /** {@return a shell through this agent; closing it leaves the agent as it is} */
  public AgentShell shell() {
    return AgentShell.over(channel);
  }

  /**
   * Asks for a sign of life ({@code guest-ping}).
   *
   * @param timeout how long to wait for it
   * @throws DeadlineExceeded when none came: no agent runs, or the guest hangs
   */
  public void ping(Duration timeout) {
    channel.execute("guest-ping", Map.of(), timeout);
  }

  /** {@return the agent's version and commands ({@code guest-info})} */
  public AgentInfo info() {
    AgentCalls.Fields info = fields("guest-info");
    Set<String> commands = new TreeSet<>();
    for (AgentCalls.Fields command : list("guest-info", info.values().get("supported_commands"))) {
      if (command.flag("enabled")) {
        commands.add(command.text("name"));
      }
    }
    return new AgentInfo(info.text("version"), commands);
  }

  /** {@return the guest's operating system ({@code guest-get-osinfo})} */
  public GuestOs osInfo() {
    AgentCalls.Fields os = fields("guest-get-osinfo");
    return new GuestOs(
        os.text("id"),
        os.text("version-id"),
        os.text("pretty-name"),
        os.text("kernel-release"),
        os.text("machine"));
  }

  /** {@return the guest's host name ({@code guest-get-host-name})} */
  public String hostname() {
    return fields("guest-get-host-name").text("host-name");
  }

  /** {@return the guest's network interfaces ({@code guest-network-get-interfaces})} */
  public List<GuestInterface> interfaces() {
    String command = "guest-network-get-interfaces";
    List<GuestInterface> interfaces = new ArrayList<>();
    for (AgentCalls.Fields nic : list(command, call(command))) {
      List<GuestInterface.Address> addresses = new ArrayList<>();
      if (nic.has("ip-addresses")) {
        for (AgentCalls.Fields address : list(command, nic.values().get("ip-addresses"))) {
          addresses.add(
              new GuestInterface.Address(
                  address.text("ip-address"), (int) address.number("prefix")));
        }
      }
      interfaces.add(new GuestInterface(nic.text("name"), mac(nic), addresses));
    }
    return interfaces;
  }

  private static Optional<MacAddress> mac(AgentCalls.Fields nic) {
    String text = nic.text("hardware-address");
    boolean none = text.isEmpty() || text.equals(NO_MAC);
    return none ? Optional.empty() : Optional.of(MacAddress.of(text));
  }

  /**
   * Makes the guest shut down ({@code guest-shutdown}) and returns when it has begun, or one second
   * later: the agent does not confirm it.
   *
   * @param mode how it shall end
   * @throws io.vmkit.error.PeerRefused when the guest cannot
   */
  public void shutdown(ShutdownMode mode) {
    try {
      channel.execute("guest-shutdown", Map.of("mode", mode.wireName()), REFUSAL);
    } catch (DeadlineExceeded | ProtocolFailure e) {
      LOG.debug("guest-shutdown was taken without an answer: {}", e.getMessage());
    }
  }

  private Object call(String command) {
    return channel.execute(command, Map.of(), AgentCalls.LIMIT);
  }

  private AgentCalls.Fields fields(String command) {
    return AgentCalls.Fields.of(command, call(command));
  }

  private static List<AgentCalls.Fields> list(String command, @Nullable Object value) {
    if (value instanceof List<?> items) {
      return items.stream().map(item -> AgentCalls.Fields.of(command, item)).toList();
    }
    throw AgentCalls.unexpected(command, value);
  }
}
