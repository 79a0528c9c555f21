package io.vmkit.qemu.machine;

import com.fasterxml.jackson.databind.JsonNode;
import io.vmkit.driver.DomainEvent.Kind;
import io.vmkit.driver.DomainRef;
import io.vmkit.driver.DomainState;
import io.vmkit.error.Evidence;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.event.EventHub;
import io.vmkit.event.Subscription;
import io.vmkit.guest.AgentChannel;
import io.vmkit.guest.ConsoleHub;
import io.vmkit.guest.GuestLink;
import io.vmkit.guest.GuestSignal;
import io.vmkit.guest.SshConfig;
import io.vmkit.guest.SshEndpoint;
import io.vmkit.qemu.argv.QemuIds;
import io.vmkit.qmp.AgentClient;
import io.vmkit.qmp.Chardev;
import io.vmkit.qmp.QmpClient;
import io.vmkit.qmp.RunState;
import io.vmkit.qmp.codec.QmpMessage;
import io.vmkit.qmp.session.EventQueue;
import io.vmkit.state.DurableFiles;
import io.vmkit.state.StateLayout.VmFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A live QEMU to which this JVM holds the monitor, the console and the agent's channel.
 * Thread-safe.
 *
 * <p>Closing lets go of QEMU and leaves it as it is.
 */
public final class RunningMachine implements GuestLink, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration FOREVER = Duration.ofDays(365);

  /** Where QEMU listens for forwarded ports, see {@code NetworkArguments}. */
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final DomainRef ref;
  private final MachineRecord machine;
  private final VmFiles files;
  private final Instant startedAt;
  private final QmpClient qmp;
  private final EventQueue events;
  private final ConsoleHub console;
  private final EventHub<GuestSignal> signals = new EventHub<>();
  private final CompletableFuture<Void> disconnected = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile @Nullable Instant poweredAt;
  private volatile @Nullable Instant agentConnectedAt;
  private volatile @Nullable RunRecord run;
  private @Nullable AgentClient agent;

  private RunningMachine(
      DomainRef ref, MachineRecord machine, VmFiles files, Instant startedAt, QmpClient qmp) {
    this.ref = ref;
    this.machine = machine;
    this.files = files;
    this.startedAt = startedAt;
    this.qmp = qmp;
    this.events = qmp.subscribe(event -> true);
    this.console =
        ConsoleHub.over(
            SerialSocket.connect(files.serialSocket()), history(files.serialLog()), machine.name());
  }

  /**
   * Connects to a machine's QEMU and begins to pass its events on.
   *
   * @param ref which machine
   * @param machine its record
   * @param files its files
   * @param startedAt when its start began, or now when it was found running
   * @param listener takes its events, kind and detail; called by a thread of the machine's
   * @return the connection
   * @throws io.vmkit.error.DriverUnavailable when nobody listens on the monitor
   * @throws io.vmkit.error.DeadlineExceeded when the monitor does not answer, as when another
   *     process holds it
   */
  public static RunningMachine connect(
      DomainRef ref,
      MachineRecord machine,
      VmFiles files,
      Instant startedAt,
      BiConsumer<Kind, String> listener) {
    QmpClient qmp = QmpClient.connect(files.qmpSocket(), CONNECT);
    RunningMachine running;
    try {
      running = new RunningMachine(ref, machine, files, startedAt, qmp);
    } catch (RuntimeException | Error e) {
      qmp.close();
      throw e;
    }
    try {
      running.askForAgent();
      Thread pump = new Thread(() -> running.pump(listener), "vmkit-events-" + machine.name());
      pump.setDaemon(true);
      pump.start();
      return running;
    } catch (RuntimeException | Error e) {
      running.close();
      throw e;
    }
  }

  /** The end of what the console has said, as much as the hub keeps. */
  private static byte[] history(Path log) {
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      channel.position(Math.max(0, channel.size() - ConsoleHub.HISTORY_BYTES));
      return Channels.newInputStream(channel).readNBytes(ConsoleHub.HISTORY_BYTES);
    } catch (NoSuchFileException e) {
      return new byte[0];
    } catch (IOException e) {
      throw DurableFiles.fault("read " + log, e);
    }
  }

  private void askForAgent() {
    for (Chardev chardev : qmp.queryChardev()) {
      if (chardev.label().equals(QemuIds.AGENT_CHARDEV) && chardev.frontendOpen()) {
        agentConnectedAt = Instant.now();
      }
    }
  }

  private void pump(BiConsumer<Kind, String> listener) {
    try {
      while (true) {
        events.poll(FOREVER).ifPresent(event -> take(event, listener));
      }
    } catch (ProtocolFailure end) {
      // The monitor's end is the machine's end, or our own close(): who closed knows which.
      disconnected.complete(null);
    }
  }

  private void take(QmpMessage.Event event, BiConsumer<Kind, String> listener) {
    JsonNode data = event.data(); // Its own toString would start an ObjectMapper.
    switch (event.name()) {
      case "RESUME" -> listener.accept(Kind.RESUMED, "");
      case "STOP" -> listener.accept(Kind.PAUSED, "");
      case "RESET" -> listener.accept(Kind.RESET, data.path("reason").asText());
      case "POWERDOWN" -> listener.accept(Kind.SHUTDOWN_REQUESTED, "");
      case "GUEST_PANICKED" -> listener.accept(Kind.PANICKED, data.path("action").asText());
      case "BLOCK_IO_ERROR" -> listener.accept(Kind.IO_ERROR, data.path("reason").asText());
      case "VSERPORT_CHANGE" -> takePort(event, listener);
      default -> listener.accept(Kind.OTHER, event.toString());
    }
  }

  private void takePort(QmpMessage.Event event, BiConsumer<Kind, String> listener) {
    if (!event.data().path("id").asText().equals(QemuIds.AGENT_PORT)) {
      return;
    }
    boolean open = event.data().path("open").asBoolean();
    agentConnectedAt = open ? event.timestamp() : null;
    signals.publish(open ? GuestSignal.AGENT_CONNECTED : GuestSignal.AGENT_DISCONNECTED);
    listener.accept(open ? Kind.AGENT_CONNECTED : Kind.AGENT_DISCONNECTED, "");
  }

  /** {@return the monitor} */
  public QmpClient qmp() {
    return qmp;
  }

  /** {@return completes when QEMU has closed its monitor, as it does when it ends} */
  public CompletableFuture<Void> disconnected() {
    return disconnected;
  }

  /**
   * Tells where QEMU is and which ports it picked, and writes the settings for people's own ssh.
   * Done before anyone else sees this object.
   *
   * @param record what is known of the run
   */
  public void ran(RunRecord record) {
    this.run = record;
    sshConfig().ifPresent(config -> SshAccess.write(machine, files, config));
  }

  /** Lets the processors of a machine that has just been started run. */
  public void power() {
    qmp.cont();
    poweredAt = Instant.now();
  }

  /** {@return what QEMU says the machine is doing} */
  public DomainState state() {
    RunState state = qmp.queryStatus().state();
    return switch (state) {
      case RUNNING -> DomainState.RUNNING;
      case SHUTDOWN -> DomainState.STOPPED;
      case INTERNAL_ERROR, IO_ERROR, GUEST_PANICKED, WATCHDOG -> DomainState.FAILED;
      default -> DomainState.PAUSED;
    };
  }

  @Override
  public String name() {
    return ref.name();
  }

  @Override
  public Instant startedAt() {
    return startedAt;
  }

  @Override
  public Optional<Instant> poweredAt() {
    return Optional.ofNullable(poweredAt);
  }

  @Override
  public synchronized AgentChannel agent() {
    if (agent == null) {
      agent = AgentClient.connect(files.agentSocket(), CONNECT);
    }
    return agent;
  }

  @Override
  public Optional<Instant> agentConnectedAt() {
    return Optional.ofNullable(agentConnectedAt);
  }

  @Override
  public Optional<SshEndpoint> ssh() {
    return SshAccess.endpoint(machine, this::address);
  }

  @Override
  public Optional<SshConfig> sshConfig() {
    return SshAccess.config(machine, files, this::address);
  }

  @Override
  public Optional<InetSocketAddress> address(int guestPort) {
    RunRecord known = run;
    if (known == null) {
      return Optional.empty();
    }
    return known.forwards().stream()
        .filter(forward -> forward.guestPort() == guestPort)
        .findFirst()
        .map(forward -> new InetSocketAddress(LOOPBACK, forward.hostPort()));
  }

  @Override
  public ConsoleHub console() {
    return console;
  }

  @Override
  public Subscription<GuestSignal> signals() {
    return signals.subscribe(signal -> true);
  }

  @Override
  public Evidence evidence() {
    return MachineEvidence.of(files);
  }

  /** {@return completes when the machine has no power any more} */
  public CompletableFuture<Void> ended() {
    return ended;
  }

  /** Tells all who wait for the guest that it is gone, and closes this. */
  public void gone() {
    signals.publish(GuestSignal.GONE);
    ended.complete(null);
    close();
  }

  @Override
  public synchronized void close() {
    if (agent != null) {
      agent.close();
    }
    console.close();
    qmp.close();
    signals.close();
  }
}
