package io.vmkit.guest;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something listens on a TCP port in the guest. The kernel's own list is read by the agent: a
 * connection from the host proves nothing, since QEMU's user network takes it before the guest
 * does.
 */
final class PortCondition extends Polled {
  /** States of sockets are numbered as in the kernel's net/tcp_states.h; 0A is TCP_LISTEN. */
  private static final String LISTEN = "0A";

  private final int port;
  private final Pattern listening;

  PortCondition(int port) {
    this.port = port;
    this.listening =
        Pattern.compile(
            String.format(
                Locale.ROOT, "(?m)^\\s*\\d+: [0-9A-F]+:%04X [0-9A-F]+:0000 %s ", port, LISTEN));
  }

  @Override
  boolean holds(Guest guest, Watch watch) throws NotYet {
    AgentLook look = AgentLook.into(guest);
    if (listens(look.file("/proc/net/tcp")) || listens(look.file("/proc/net/tcp6"))) {
      return true;
    }
    watch.saw("nothing listens on it");
    return false;
  }

  private boolean listens(Optional<String> table) {
    return table.filter(text -> listening.matcher(text).find()).isPresent();
  }

  @Override
  public String toString() {
    return "port " + port;
  }
}
