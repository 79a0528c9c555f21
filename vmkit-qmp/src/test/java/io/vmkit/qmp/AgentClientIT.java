package io.vmkit.qmp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.guest.UnpackedAgent;
import io.vmkit.qmp.session.Transport;
import io.vmkit.qmp.session.UnixTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real guest agent that runs as a process of this host. */
@Timeout(120)
class AgentClientIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path dir;
  private HostProgram agent;

  @BeforeEach
  void startAgent() throws IOException {
    agent =
        HostProgram.start(
            UnpackedAgent.program().toString(),
            "apt-get install qemu-guest-agent",
            "-m",
            "unix-listen",
            "-p",
            dir.resolve("ga.sock").toString(),
            "-t",
            dir.toString(),
            "-f",
            dir.resolve("ga.pid").toString());
  }

  @AfterEach
  void endAgent() {
    agent.close();
  }

  private Transport transport() {
    return UnixTransport.connectWhenUp(dir.resolve("ga.sock"), SOON, agent::isAlive);
  }

  @Test
  void answersComeAsPlainValues() {
    try (AgentClient client = AgentClient.over(transport())) {
      assertThat(client.execute("guest-ping", Map.of(), SOON)).isEqualTo(Map.of());
      assertThat(client.execute("guest-sync", Map.of("id", 4711), SOON)).isEqualTo(4711L);
      assertThat(client.execute("guest-info", Map.of(), SOON))
          .asInstanceOf(MAP)
          .containsKeys("version", "supported_commands");
      assertThat(client.execute("guest-network-get-interfaces", Map.of(), SOON))
          .isInstanceOf(List.class);
    }
  }

  @Test
  void filesAreWrittenAndRead() throws IOException {
    Path file = dir.resolve("file");
    String content = Base64.getEncoder().encodeToString("grüße".getBytes(UTF_8));
    try (AgentClient client = AgentClient.over(transport())) {
      Object handle =
          client.execute("guest-file-open", Map.of("path", file.toString(), "mode", "w"), SOON);
      client.execute("guest-file-write", Map.of("handle", handle, "buf-b64", content), SOON);
      client.execute("guest-file-close", Map.of("handle", handle), SOON);
    }
    assertThat(file).hasContent("grüße");
    Files.delete(file);
  }

  @Test
  void programsRun() {
    try (AgentClient client = AgentClient.over(transport())) {
      Map<String, ?> echo =
          Map.of("path", "/bin/echo", "arg", List.of("hello"), "capture-output", true);
      Object pid = ((Map<?, ?>) client.execute("guest-exec", echo, SOON)).get("pid");
      Map<?, ?> status;
      do {
        status = (Map<?, ?>) client.execute("guest-exec-status", Map.of("pid", pid), SOON);
      } while (Boolean.FALSE.equals(status.get("exited")));
      assertThat(status.get("exitcode")).isEqualTo(0L);
      assertThat(Base64.getDecoder().decode((String) status.get("out-data")))
          .isEqualTo("hello\n".getBytes(UTF_8));
    }
  }

  @Test
  void aRefusalIsTheAgentsOwn() {
    try (AgentClient client = AgentClient.over(transport())) {
      assertThatExceptionOfType(PeerRefused.class)
          .isThrownBy(() -> client.execute("guest-no-such", Map.of(), SOON))
          .satisfies(e -> assertThat(e.kind()).isEqualTo("CommandNotFound"));
      assertThat(client.execute("guest-ping", Map.of(), SOON)).isEqualTo(Map.of());
    }
  }

  @Test
  void halfACommandOfAnotherClientDoesNotSpoilOurs() throws IOException {
    try (Transport transport = transport()) {
      transport.write(ByteBuffer.wrap("{\"execute\":\"guest-inf".getBytes(UTF_8)), SOON);
      try (AgentClient client = AgentClient.over(transport)) {
        assertThat(client.execute("guest-ping", Map.of(), SOON)).isEqualTo(Map.of());
      }
    }
  }

  @Test
  void theDeathOfTheAgentsChannelIsAProtocolFailure() {
    try (AgentClient client = AgentClient.over(transport())) {
      client.execute("guest-ping", Map.of(), SOON);
      agent.kill();
      assertThatThrownBy(() -> client.execute("guest-ping", Map.of(), SOON))
          .isInstanceOf(ProtocolFailure.class);
    }
  }
}
