package io.vmkit.guest;

import io.vmkit.error.InvalidSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * What people's own ssh, scp, sftp, rsync and Ansible need to reach a guest: the text of an
 * ssh_config(5) file and of its known_hosts file. Writes nothing by itself.
 *
 * @param name the name to type; also stands for the address in known_hosts, so that the line stays
 *     true when the port changes
 * @param hostName a name or an address
 * @param port the port
 * @param user the user to log in as
 * @param identityFile the private key's file
 * @param knownHostsFile the file that has {@link #knownHosts}
 */
public record SshConfig(
    String name, String hostName, int port, String user, Path identityFile, Path knownHostsFile) {

  /**
   * Checks the values.
   *
   * @param name the name to type
   * @param hostName a name or an address
   * @param port the port
   * @param user the user to log in as
   * @param identityFile the private key's file
   * @param knownHostsFile the file of known hosts
   * @throws InvalidSpec when one cannot stand in such a file
   */
  public SshConfig {
    for (String word : List.of(name, hostName, user)) {
      if (!word.matches("[A-Za-z0-9_.:@%-]+")) {
        throw new InvalidSpec(
            "describe an SSH server", "'" + word + "' cannot stand in ssh_config", "rename it");
      }
    }
    quoted(identityFile);
    quoted(knownHostsFile);
  }

  /** {@return the content of an ssh_config file} */
  public String text() {
    StringJoiner lines = new StringJoiner("\n  ", "", "\n");
    lines.add("Host " + name);
    lines.add("HostName " + hostName.replace("%", "%%"));
    lines.add("Port " + port);
    lines.add("User " + user.replace("%", "%%"));
    lines.add("HostKeyAlias " + name);
    lines.add("IdentityFile " + quoted(identityFile));
    lines.add("IdentitiesOnly yes");
    lines.add("UserKnownHostsFile " + quoted(knownHostsFile));
    lines.add("StrictHostKeyChecking yes");
    return lines.toString();
  }

  /**
   * {@return the content of the known_hosts file}
   *
   * @param hostKey the guest's public host key as a line {@code TYPE BASE64 [COMMENT]}
   */
  public String knownHosts(String hostKey) {
    return name.toLowerCase(Locale.ROOT) + " " + hostKey.strip() + "\n";
  }

  /**
   * {@return the command that logs in}
   *
   * @param file where {@link #text} was written
   */
  public String commandLine(Path file) {
    return "ssh -F " + ShellText.readable(file.toString()) + " " + name;
  }

  /** Paths may have spaces but no quotes; a percent sign begins a token there. */
  private static String quoted(Path path) {
    String text = path.toAbsolutePath().toString();
    if (text.chars().anyMatch(c -> c == '"' || c == '\\' || c < ' ')) {
      throw new InvalidSpec(
          "describe an SSH server",
          "'" + text + "' cannot stand in ssh_config",
          "use a path without quotes, backslashes and line breaks");
    }
    return '"' + text.replace("%", "%%") + '"';
  }
}
