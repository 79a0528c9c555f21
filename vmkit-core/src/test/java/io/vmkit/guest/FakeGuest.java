package io.vmkit.guest;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.PeerRefused;
import io.vmkit.event.EventHub;
import io.vmkit.event.Subscription;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A guest of files and a console, to try conditions one by one; real guests are for the ITs. */
final class FakeGuest implements GuestLink, AgentChannel {
  final Map<String, String> files = new ConcurrentHashMap<>();
  final EventHub<GuestSignal> signals = new EventHub<>();
  final PipedOutputStream serial = new PipedOutputStream();
  private final Map<Long, String> open = new HashMap<>();
  private final ConsoleHub console;
  private long lastHandle;
  private volatile Instant agentConnectedAt;
  volatile boolean agentAnswers = true;
  volatile int forwardedPort;

  FakeGuest() throws IOException {
    PipedInputStream in = new PipedInputStream(serial);
    console =
        ConsoleHub.over(
            new ConsoleChannel() {
              @Override
              public int read(byte[] buffer) throws IOException {
                return in.read(buffer);
              }

              @Override
              public void write(byte[] bytes) throws IOException {
                print(new String(bytes, StandardCharsets.UTF_8));
              }

              @Override
              public void close() {}
            },
            "before\n".getBytes(StandardCharsets.UTF_8),
            "fake");
  }

  void print(String text) throws IOException {
    serial.write(text.getBytes(StandardCharsets.UTF_8));
    serial.flush();
  }

  void connectAgent() {
    agentConnectedAt = Instant.now();
    signals.publish(GuestSignal.AGENT_CONNECTED);
  }

  @Override
  public synchronized Object execute(String command, Map<String, ?> arguments, Duration timeout) {
    if (!agentAnswers) {
      throw new DeadlineExceeded(
          command, "waiting for the agent", Evidence.none(), "see whether it runs", null);
    }
    return switch (command) {
      case "guest-ping", "guest-file-close" -> Map.of();
      case "guest-file-open" -> {
        String path = String.valueOf(arguments.get("path"));
        if (!files.containsKey(path)) {
          throw new PeerRefused(command, "GenericError", "No such file", "");
        }
        open.put(++lastHandle, files.get(path));
        yield lastHandle;
      }
      case "guest-file-read" -> {
        byte[] rest = open.put((Long) arguments.get("handle"), "").getBytes(StandardCharsets.UTF_8);
        yield Map.of(
            "count",
            (long) rest.length,
            "eof",
            rest.length == 0,
            "buf-b64",
            Base64.getEncoder().encodeToString(rest));
      }
      default -> throw new PeerRefused(command, "CommandNotFound", command, "");
    };
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Instant startedAt() {
    return Instant.EPOCH;
  }

  @Override
  public AgentChannel agent() {
    return this;
  }

  @Override
  public Optional<Instant> agentConnectedAt() {
    return Optional.ofNullable(agentConnectedAt);
  }

  @Override
  public Optional<SshEndpoint> ssh() {
    return Optional.empty();
  }

  @Override
  public Optional<SshConfig> sshConfig() {
    return Optional.empty();
  }

  @Override
  public Optional<InetSocketAddress> address(int guestPort) {
    return Optional.of(forwardedPort)
        .filter(port -> port > 0)
        .map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
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
    return Evidence.none().with("serial console", String.join("\n", console.tail(5)));
  }

  @Override
  public void close() {
    console.close();
  }
}
