package io.vmkit.guest;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.Session;
import io.vmkit.error.ProtocolFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A guest's shell by SSH: key login only, the host key known beforehand, nothing forwarded. The
 * user's login shell must be a POSIX one.
 *
 * <p>A connection that was lost between two commands, as by a reboot, is made again by the next
 * command. A command that may have begun is never run a second time. Up to 8 commands and copies
 * run at once, more wait their turn; each terminal has a connection of its own.
 */
public final class SshShell implements GuestShell {
  /** How long a copy or a terminal may take to begin. */
  private static final Duration BEGIN_LIMIT = Duration.ofSeconds(60);

  private final SshConnection connection;

  private SshShell(SshConnection connection) {
    this.connection = connection;
  }

  /**
   * Connects and logs in. Tries once; interruptible.
   *
   * @param endpoint where and as whom, and the keys of both sides
   * @param timeout how long it may take
   * @return the shell, connected; the caller closes it
   * @throws ProtocolFailure when nothing listens there, it is no SSH server, or its host key
   *     differs from the known one
   * @throws io.vmkit.error.PeerRefused when the client key is not accepted
   * @throws io.vmkit.error.DeadlineExceeded when it took too long
   * @throws io.vmkit.error.OperationInterrupted when the thread was interrupted
   */
  public static SshShell connect(SshEndpoint endpoint, Duration timeout) {
    SshConnection connection = new SshConnection(new SshLogin(endpoint));
    try {
      connection.session(Deadline.in(timeout));
      return new SshShell(connection);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public GuestResult run(GuestCommand command) {
    return SshExec.run(connection, command, null);
  }

  @Override
  public GuestResult run(GuestCommand command, OutputSink sink) {
    return SshExec.run(connection, command, sink);
  }

  @Override
  public void copyTo(Path local, String remote) {
    change("copy files to the guest", files -> files.copyTo(local, remote));
  }

  @Override
  public void copyFrom(String remote, Path local) {
    change("copy files from the guest", files -> files.copyFrom(remote, local));
  }

  @Override
  public byte[] readFile(String path) {
    return files("read a file of the guest", files -> files.read(path));
  }

  @Override
  public void writeFile(String path, byte[] content, int mode) {
    change("write a file of the guest", files -> files.write(path, content, mode));
  }

  private void change(String attempted, Consumer<GuestFiles> work) {
    files(
        attempted,
        files -> {
          work.accept(files);
          return true;
        });
  }

  private <T> T files(String attempted, Function<GuestFiles, T> work) {
    Deadline beginning = Deadline.in(BEGIN_LIMIT);
    try (SshConnection.Place place = connection.place(attempted, beginning)) {
      Session session = connection.session(beginning);
      Channel channel = connection.open(attempted, session, "sftp", Channel::connect);
      try (SftpTree tree = new SftpTree((ChannelSftp) channel)) {
        return connection.await(
            new SshWork<>(
                attempted,
                () -> work.apply(new GuestFiles(tree)),
                e -> lost(attempted, e),
                tree::close));
      }
    }
  }

  @Override
  public GuestTerminal openTerminal(int columns, int rows) {
    Session session = connection.connect(Deadline.in(BEGIN_LIMIT));
    try {
      return SshTerminal.open(connection, session, columns, rows);
    } catch (RuntimeException e) {
      session.disconnect();
      throw e;
    }
  }

  private static ProtocolFailure lost(String attempted, Exception e) {
    return new ProtocolFailure(
        attempted, "", SshLogin.said(e), "check that the guest is up and sshd runs", e);
  }

  /** Ends the connection, and with it commands that still run; terminals stay open. */
  @Override
  public void close() {
    connection.close();
  }
}
