package io.vmkit.guest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.state.DurableFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real qemu-ga on this host, and the simplest channel to it. */
final class HostAgent implements AgentChannel {
  /** Room for the 16 MiB of output that an agent keeps, in base64. */
  private static final int LONGEST_STRING = 32 << 20;

  private final ObjectMapper json =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(LONGEST_STRING).build())
              .build());
  private final Path directory;
  private final Process process;
  private final SocketChannel socket;
  private final BufferedReader answers;

  /**
   * Starts the agent.
   *
   * @param directory for its files
   * @param searchPath the PATH of the programs that it runs; null for this process' own
   */
  HostAgent(Path directory, String searchPath) throws IOException {
    this.directory = directory;
    Path path = directory.resolve("ga.sock");
    ProcessBuilder builder =
        new ProcessBuilder(
                UnpackedAgent.program().toString(),
                "-m",
                "unix-listen",
                "-p",
                path.toString(),
                "-t",
                directory.toString(),
                "-f",
                directory.resolve("ga.pid").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("ga.log").toFile());
    if (searchPath != null) {
      builder.environment().put("PATH", searchPath);
    }
    process = builder.start();
    socket = connect(path);
    answers = new BufferedReader(Channels.newReader(socket, StandardCharsets.UTF_8));
  }

  private SocketChannel connect(Path path) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(path));
        return channel;
      } catch (IOException e) {
        channel.close();
        if (System.nanoTime() > end || !process.isAlive()) {
          throw e;
        }
      }
    }
  }

  @Override
  public synchronized Object execute(String command, Map<String, ?> arguments, Duration timeout) {
    try {
      String line = json.writeValueAsString(Map.of("execute", command, "arguments", arguments));
      // A channel would close itself when the thread is interrupted; this one is shared.
      boolean interrupted = Thread.interrupted();
      String answer;
      try {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          socket.write(bytes);
        }
        answer = answers.readLine();
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
      return result(command, answer);
    } catch (ClosedByInterruptException e) {
      throw new OperationInterrupted(command, e);
    } catch (IOException e) {
      throw new ProtocolFailure(command, "", String.valueOf(e.getMessage()), "", e);
    }
  }

  private Object result(String command, String answer) throws IOException {
    if (answer == null) {
      throw new ProtocolFailure(command, "", "the agent is gone", "", null);
    }
    JsonNode node = json.readTree(answer);
    if (node.has("error")) {
      JsonNode error = node.get("error");
      throw new PeerRefused(command, error.get("class").asText(), error.get("desc").asText(), "");
    }
    return plain(node.get("return"));
  }

  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(item -> list.add(plain(item)));
      return list;
    }
    if (node.isNumber()) {
      return node.asLong();
    }
    return node.isBoolean() ? (Object) node.asBoolean() : node.asText();
  }

  /** Kills the agent, as a crash of the guest would. */
  void crash() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    try {
      socket.close();
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
      DurableFiles.removeTree(directory);
    } catch (IOException e) {
      throw new ProtocolFailure("close", "", String.valueOf(e.getMessage()), "", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
