package io.vmkit.guest;

import io.vmkit.error.InvalidSpec;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A condition of a machine that can be waited for. Immutable, composable, says what it is.
 *
 * <p>What can tell, tells: the agent's connection and console lines are seen as they happen. Files,
 * units, ports and HTTP are looked at every 50 ms, each look with a deadline of its own.
 */
public final class Ready {
  /** How long a condition is waited for unless {@link #within} says otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

  private static final int HIGHEST_PORT = 65_535;

  /** A condition alone, or several. */
  sealed interface Node {}

  record Leaf(Condition condition) implements Node {}

  record Group(boolean all, List<Ready> parts) implements Node {}

  private final Node node;
  private final Duration timeout;

  private Ready(Node node, Duration timeout) {
    this.node = node;
    this.timeout = timeout;
  }

  private static Ready of(Condition condition) {
    return new Ready(new Leaf(condition), DEFAULT_TIMEOUT);
  }

  /** {@return the guest agent answers} */
  public static Ready agent() {
    return of(new AgentCondition());
  }

  /** {@return the seed's user can log in by SSH, the host key being the one that the seed named} */
  public static Ready ssh() {
    return of(new SshCondition());
  }

  /**
   * {@return cloud-init has finished, at most with recoverable errors; fails at once when it ended
   * in error or disabled itself. Asked by the agent: {@code /run/cloud-init/result.json}}
   */
  public static Ready cloudInit() {
    return of(new CloudInitCondition());
  }

  /**
   * {@return something in the guest listens on a TCP port, on whatever address. Asked by the agent:
   * {@code /proc/net/tcp}}
   *
   * @param port the port in the guest
   * @throws InvalidSpec when it is out of range
   */
  public static Ready port(int port) {
    return of(new PortCondition(checked(port)));
  }

  /**
   * {@return an HTTP server in the guest answers a GET with a status from 200 to 399}
   *
   * @param port the port in the guest, which must be forwarded
   * @param path the path, such as {@code "/health"}
   * @throws InvalidSpec when the port is out of range or the path does not begin with a slash
   */
  public static Ready http(int port, String path) {
    if (!path.startsWith("/")) {
      throw new InvalidSpec(
          "wait for HTTP", "path '" + path + "' has no leading slash", "write /" + path);
    }
    return of(new HttpCondition(checked(port), path));
  }

  /**
   * {@return a line on the serial console matches, before or after the wait began}
   *
   * @param regex searched in each line, terminal control sequences removed
   */
  public static Ready consoleLine(String regex) {
    return of(new ConsoleCondition(Pattern.compile(regex)));
  }

  /**
   * {@return a file exists in the guest and can be opened. Asked by the agent}
   *
   * @param path its absolute path
   */
  public static Ready file(String path) {
    return of(new FileCondition(path));
  }

  /**
   * {@return a systemd unit is active. Asked by the agent: {@code systemctl is-active}}
   *
   * @param unit its name, such as {@code "nginx.service"}
   */
  public static Ready unit(String unit) {
    return of(new UnitCondition(unit));
  }

  /**
   * {@return all of these hold, each within its own time}
   *
   * @param conditions the conditions, waited for at once
   */
  public static Ready all(Ready... conditions) {
    return group(true, conditions);
  }

  /**
   * {@return one of these holds, within its own time}
   *
   * @param conditions the conditions, waited for at once
   */
  public static Ready any(Ready... conditions) {
    return group(false, conditions);
  }

  private static Ready group(boolean all, Ready... conditions) {
    List<Ready> parts = List.of(conditions);
    if (parts.isEmpty()) {
      throw new InvalidSpec("wait for a vm", "no condition is given", "give at least one");
    }
    Duration longest =
        parts.stream().map(Ready::timeout).max(Duration::compareTo).orElse(DEFAULT_TIMEOUT);
    return new Ready(new Group(all, parts), longest);
  }

  /**
   * {@return the same condition, given up after this time}
   *
   * @param limit how long to wait; {@link #DEFAULT_TIMEOUT} unless set
   * @throws InvalidSpec when it is not positive
   */
  public Ready within(Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw new InvalidSpec("wait for " + this, limit + " is not positive", "raise it");
    }
    return new Ready(node, limit);
  }

  private static int checked(int port) {
    if (port < 1 || port > HIGHEST_PORT) {
      throw new InvalidSpec("wait for a port", port + " is out of range", "use 1 to 65535");
    }
    return port;
  }

  Node node() {
    return node;
  }

  Duration timeout() {
    return timeout;
  }

  /** {@return the condition in words} */
  @Override
  public String toString() {
    if (node instanceof Group group) {
      return group.parts().stream()
          .map(Ready::toString)
          .collect(Collectors.joining(group.all() ? " and " : " or ", "(", ")"));
    }
    return ((Leaf) node).condition().toString();
  }
}
