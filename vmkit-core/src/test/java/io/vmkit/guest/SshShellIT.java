package io.vmkit.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.value.SshKeyPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The contract against a real sshd, and what only SSH can do wrong. */
class SshShellIT extends GuestFilesContract {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static SshServer server;
  private static SshShell shell;

  @BeforeContainer
  static void start() throws IOException {
    server = new SshServer(Files.createTempDirectory("vmkit-sshd"));
    shell = SshShell.connect(server.endpoint(), LIMIT);
  }

  @AfterContainer
  static void stop() throws IOException {
    shell.close();
    server.close();
  }

  @Override
  protected GuestShell shell() {
    return shell;
  }

  @Example
  void aServerWithAnotherHostKeyIsRefused() {
    SshEndpoint wrong =
        new SshEndpoint(
            "127.0.0.1",
            server.port(),
            server.endpoint().user(),
            server.clientKey(),
            SshKeyPair.ed25519("other").publicKey());

    assertThatThrownBy(() -> SshShell.connect(wrong, LIMIT))
        .isInstanceOf(ProtocolFailure.class)
        .hasMessageContaining("host key differs")
        .hasMessageContaining(server.hostKey().publicKey().split(" ")[1]);
  }

  @Example
  void anUnknownClientKeyIsRefused() {
    SshEndpoint stranger =
        new SshEndpoint(
            "127.0.0.1",
            server.port(),
            server.endpoint().user(),
            SshKeyPair.ed25519("stranger"),
            server.hostKey().publicKey());

    assertThatThrownBy(() -> SshShell.connect(stranger, LIMIT))
        .isInstanceOf(PeerRefused.class)
        .hasMessageContaining("authorized_keys");
  }

  @Example
  void aPortWithoutListenerIsRefused() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThatThrownBy(() -> SshShell.connect(at(port), LIMIT))
        .isInstanceOf(ProtocolFailure.class)
        .hasMessageContaining("refused");
  }

  @Example
  void aListenerThatSaysNothingRunsIntoTheDeadline() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> SshShell.connect(at(silent.getLocalPort()), Duration.ofMillis(300)))
          .isInstanceOf(DeadlineExceeded.class);
    }
  }

  private static SshEndpoint at(int port) {
    return new SshEndpoint(
        "127.0.0.1", port, "root", server.clientKey(), server.hostKey().publicKey());
  }

  @Example
  void aCrashEndsTheCommandAndTheNextConnectsAgain() throws IOException {
    try (SshServer own = new SshServer(Files.createTempDirectory("vmkit-sshd"));
        SshShell shell = SshShell.connect(own.endpoint(), LIMIT)) {
      GuestCommand waiting = GuestCommand.of("sh", "-c", "echo up; exec sleep 20").build();

      assertThatThrownBy(() -> shell.run(waiting, OutputSink.lines(line -> own.crash())))
          .isInstanceOf(ProtocolFailure.class)
          .hasMessageContaining("may have run");

      own.start();
      assertThat(shell.run("echo", "again").orThrow().stdout()).isEqualTo("again\n");
    }
  }

  @Example
  void aClosedShellRunsNothing() {
    SshShell closed = SshShell.connect(server.endpoint(), LIMIT);
    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.run("true"))
        .isInstanceOf(ProtocolFailure.class)
        .hasMessageContaining("closed");
  }
}
