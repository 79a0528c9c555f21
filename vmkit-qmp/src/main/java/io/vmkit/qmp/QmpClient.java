package io.vmkit.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.qmp.codec.CodecLimits;
import io.vmkit.qmp.codec.QemuVersion;
import io.vmkit.qmp.codec.QmpMessage.Event;
import io.vmkit.qmp.session.EventQueue;
import io.vmkit.qmp.session.PendingReply;
import io.vmkit.qmp.session.QmpSession;
import io.vmkit.qmp.session.SessionState;
import io.vmkit.qmp.session.Transport;
import io.vmkit.qmp.session.UnixTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * A connection to QEMU's monitor. Thread-safe; commands of several threads are under way at once.
 *
 * <p>Every call may throw {@link io.vmkit.error.PeerRefused} when QEMU refuses the command, {@link
 * ProtocolFailure} when the connection is lost, {@link io.vmkit.error.DeadlineExceeded} when no
 * reply comes in time, and {@link io.vmkit.error.OperationInterrupted}. None of their messages
 * shows a secret argument.
 *
 * <p>Closing ends the connection and wakes whoever waits; it leaves QEMU as it is.
 *
 * @see <a href="https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html">QEMU QMP Reference
 *     Manual</a>
 */
public final class QmpClient implements AutoCloseable {
  private final QmpSession session;
  private final Duration timeout;

  private QmpClient(QmpSession session, Duration timeout) {
    this.session = session;
    this.timeout = timeout;
  }

  /**
   * Connects to a monitor's Unix socket that is there already.
   *
   * @param socket its path
   * @param timeout for connecting and negotiating together, and later for each command that takes
   *     no time-out of its own
   * @return the connection, ready for commands
   * @throws io.vmkit.error.DriverUnavailable when nobody listens there
   * @throws io.vmkit.error.DeadlineExceeded when QEMU does not greet in time, as when it serves
   *     another client on that socket
   */
  public static QmpClient connect(Path socket, Duration timeout) {
    long start = System.nanoTime();
    Transport transport = UnixTransport.connect(socket, timeout);
    return over(transport, timeout.minusNanos(System.nanoTime() - start), timeout);
  }

  /**
   * Negotiates over a connection that was made in another way.
   *
   * @param transport a fresh connection; owned by the client, and closed when negotiating fails
   * @param timeout for negotiating, and later for each command that takes no time-out of its own
   * @return the connection, ready for commands
   */
  public static QmpClient over(Transport transport, Duration timeout) {
    return over(transport, timeout, timeout);
  }

  private static QmpClient over(Transport transport, Duration negotiation, Duration timeout) {
    return new QmpClient(QmpSession.open(transport, CodecLimits.DEFAULT, negotiation), timeout);
  }

  /**
   * Loads what the first connection of a JVM needs, native parts included, which takes some hundred
   * milliseconds; worth doing on another thread while QEMU starts. Cheap afterwards.
   *
   * @throws io.vmkit.error.DriverUnavailable when Unix sockets cannot be used
   */
  public static void warmUp() {
    UnixTransport.warmUp();
    QmpSession.warmUp();
  }

  /** {@return which QEMU this is} */
  public QemuVersion version() {
    return session.greeting().version();
  }

  /** {@return how far the conversation has come: running or closed} */
  public SessionState state() {
    return session.state();
  }

  /**
   * Sends a command and waits for its reply.
   *
   * @param command such as {@code blockdev-add}
   * @param arguments by name; plain values or Jackson's trees; empty for none
   * @param timeout for sending and waiting together
   * @return what it returned; an empty object when there is nothing to say
   */
  public JsonNode execute(String command, Map<String, ?> arguments, Duration timeout) {
    long start = System.nanoTime();
    PendingReply reply = session.submit(command, arguments, timeout);
    return reply.await(timeout.minusNanos(System.nanoTime() - start));
  }

  /**
   * Sends a command and waits for its reply as long as the client's own time-out says.
   *
   * @param command such as {@code blockdev-add}
   * @param arguments by name; plain values or Jackson's trees; empty for none
   * @return what it returned; an empty object when there is nothing to say
   */
  public JsonNode execute(String command, Map<String, ?> arguments) {
    return execute(command, arguments, timeout);
  }

  /**
   * Sends a command and leaves the waiting to the caller, so that many may be under way at once.
   *
   * @param command such as {@code query-status}
   * @param arguments by name; plain values or Jackson's trees; empty for none
   * @return where the reply will be
   */
  public PendingReply submit(String command, Map<String, ?> arguments) {
    return session.submit(command, arguments, timeout);
  }

  /**
   * Sends a command that overtakes those waiting in QEMU's queue.
   *
   * @param command one that may ({@code allow-oob} in the schema), such as {@code migrate-pause}
   * @param arguments by name; plain values or Jackson's trees; empty for none
   * @return where the reply will be
   * @throws IllegalStateException when this QEMU does not offer it
   */
  public PendingReply submitOutOfBand(String command, Map<String, ?> arguments) {
    return session.submitOutOfBand(command, arguments, timeout);
  }

  /**
   * Starts listening for events; to be called before the command that triggers them.
   *
   * @param filter which events; runs on the thread that reads, so it must be quick
   * @return the listener's own queue, to be closed when it is no longer read
   */
  public EventQueue subscribe(Predicate<? super Event> filter) {
    return session.subscribe(filter);
  }

  /**
   * Starts listening for events of some names.
   *
   * @param names such as {@code SHUTDOWN}
   * @return the listener's own queue, to be closed when it is no longer read
   */
  public EventQueue subscribe(String... names) {
    Set<String> wanted = Set.of(names);
    return subscribe(event -> wanted.contains(event.name()));
  }

  /** {@return what the machine is doing ({@code query-status})} */
  public QmpStatus queryStatus() {
    JsonNode answer = execute("query-status", Map.of());
    String name = answer.path("status").asText();
    return new QmpStatus(RunState.of(name), answer.path("running").asBoolean(), name);
  }

  /** Lets the processors run ({@code cont}). */
  public void cont() {
    execute("cont", Map.of());
  }

  /** Halts the processors ({@code stop}). */
  public void stop() {
    execute("stop", Map.of());
  }

  /** Presses the reset button ({@code system_reset}). */
  public void systemReset() {
    execute("system_reset", Map.of());
  }

  /** Presses the power button and does not wait for what the guest makes of it. */
  public void systemPowerdown() {
    execute("system_powerdown", Map.of());
  }

  /** Ends QEMU ({@code quit}). That it goes before it replies is no error. */
  public void quit() {
    PendingReply reply = session.submit("quit", Map.of(), timeout);
    try {
      reply.await(timeout);
    } catch (ProtocolFailure e) {
      if (!e.sent().equals("quit")) {
        throw e;
      }
    }
  }

  /** {@return QEMU's character devices ({@code query-chardev})} */
  public List<Chardev> queryChardev() {
    return StreamSupport.stream(execute("query-chardev", Map.of()).spliterator(), false)
        .map(
            device ->
                new Chardev(
                    device.path("label").asText(),
                    device.path("filename").asText(),
                    device.path("frontend-open").asBoolean()))
        .toList();
  }

  /**
   * Runs a command of the monitor for people, for what QMP does not offer.
   *
   * @param commandLine such as {@code info usernet}
   * @return what it printed; a failure is told in the text alone
   */
  public String humanMonitor(String commandLine) {
    return execute("human-monitor-command", Map.of("command-line", commandLine)).asText();
  }

  /**
   * Writes what the first screen shows to a file on QEMU's host, as PNG (QEMU 7.1 and later).
   *
   * @param file where to; replaced when it exists
   * @throws InvalidSpec when the path is relative, since QEMU has a working directory of its own
   */
  public void screendump(Path file) {
    if (!file.isAbsolute()) {
      throw new InvalidSpec("take a screenshot", file + " is relative", "give an absolute path");
    }
    execute("screendump", Map.of("filename", file.toString(), "format", "png"));
  }

  /** Ends the connection. Does nothing the second time. */
  @Override
  public void close() {
    session.close();
  }
}
