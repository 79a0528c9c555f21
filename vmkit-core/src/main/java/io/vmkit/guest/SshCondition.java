package io.vmkit.guest;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * The seed's user can log in by SSH. Where the agent runs it is asked first whether sshd listens,
 * so that no connection hangs in QEMU's user network; then the banner is read, then the login
 * tried. The connection is kept for the guest's shell.
 */
final class SshCondition extends Polled {
  private static final int SSH_PORT = 22;

  private final PortCondition listening = new PortCondition(SSH_PORT);

  @Override
  boolean holds(Guest guest, Watch watch) throws NotYet {
    if (guest.link().agentConnectedAt().isPresent() && !listening.holds(guest, watch)) {
      return false;
    }
    SshEndpoint endpoint = guest.link().ssh().orElseThrow(guest::noSsh);
    readBanner(endpoint);
    try {
      guest.ssh();
      return true;
    } catch (DeadlineExceeded | PeerRefused e) {
      throw new NotYet(e);
    } catch (ProtocolFailure e) {
      throw new NotYet(e);
    }
  }

  private static void readBanner(SshEndpoint endpoint) throws NotYet {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(endpoint.host(), endpoint.port()), (int) LOOK.toMillis());
      socket.setSoTimeout((int) LOOK.toMillis());
      InputStream in = socket.getInputStream();
      String start = new String(in.readNBytes(4), StandardCharsets.US_ASCII);
      if (!start.equals("SSH-")) {
        throw new NotYet("the connection was closed before the banner");
      }
    } catch (SocketTimeoutException e) {
      throw new NotYet("connected, but no banner came");
    } catch (IOException e) {
      throw new NotYet(e.toString());
    }
  }

  @Override
  public String toString() {
    return "ssh";
  }
}
