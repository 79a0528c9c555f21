package io.vmkit.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmkit.state.DurableFiles;
import io.vmkit.value.SshKeyPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real sshd as an ordinary process on a loopback port, with keys and configuration of its own.
 */
final class SshServer implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
  private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

  private final Path directory;
  private final SshKeyPair hostKey = SshKeyPair.ed25519("host");
  private final SshKeyPair clientKey = SshKeyPair.ed25519("client");
  private final int port;
  private Process process;

  SshServer(Path directory) throws IOException {
    assertThat(PROGRAM).as("needs sshd: apt-get install openssh-server").isExecutable();
    this.directory = directory;
    if (user().equals("root")) {
      Files.createDirectories(PRIVILEGE_SEPARATION); // sshd insists on it when run as root.
    }
    Path key = Files.writeString(directory.resolve("host_key"), hostKey.privateKey());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(directory.resolve("authorized_keys"), clientKey.publicKey() + "\n");
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = socket.getLocalPort();
    }
    start();
  }

  private static String user() {
    return System.getProperty("user.name");
  }

  void start() throws IOException {
    Path config =
        Files.write(
            directory.resolve("sshd_config"),
            List.of(
                "ListenAddress 127.0.0.1:" + port,
                "HostKey " + directory.resolve("host_key"),
                "AuthorizedKeysFile " + directory.resolve("authorized_keys"),
                "PidFile none",
                "StrictModes no",
                "PermitRootLogin prohibit-password",
                "PasswordAuthentication no",
                "UsePAM no",
                "Subsystem sftp internal-sftp"));
    process =
        new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("sshd.log").toFile())
            .start();
    awaitBanner();
  }

  private void awaitBanner() throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.getInputStream().read()).isEqualTo('S');
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end || !process.isAlive()) {
          throw new IOException(Files.readString(directory.resolve("sshd.log")), e);
        }
      }
    }
  }

  int port() {
    return port;
  }

  SshKeyPair clientKey() {
    return clientKey;
  }

  SshKeyPair hostKey() {
    return hostKey;
  }

  SshEndpoint endpoint() {
    return new SshEndpoint("127.0.0.1", port, user(), clientKey, hostKey.publicKey());
  }

  /** Kills the server and the processes that serve connections, as a crash of the guest would. */
  void crash() {
    List<ProcessHandle> serving = process.toHandle().children().toList();
    process.destroyForcibly();
    serving.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> tree = process.descendants().toList();
    crash();
    tree.forEach(ProcessHandle::destroyForcibly);
    DurableFiles.removeTree(directory);
  }
}
