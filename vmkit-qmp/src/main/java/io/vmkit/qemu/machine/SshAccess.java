package io.vmkit.qemu.machine;

import io.vmkit.guest.SshConfig;
import io.vmkit.guest.SshEndpoint;
import io.vmkit.qemu.machine.MachineRecord.Login;
import io.vmkit.state.DurableFiles;
import io.vmkit.state.StateLayout.VmFiles;
import io.vmkit.value.SshKeyPair;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntFunction;

/** How a machine's SSH server is reached, from its record. */
final class SshAccess {
  static final int SSH_PORT = 22;

  private SshAccess() {}

  static Optional<SshEndpoint> endpoint(
      MachineRecord machine, IntFunction<Optional<InetSocketAddress>> address) {
    Login login = machine.login();
    if (login == null) {
      return Optional.empty();
    }
    return address
        .apply(SSH_PORT)
        .map(
            at ->
                new SshEndpoint(
                    at.getAddress().getHostAddress(),
                    at.getPort(),
                    login.user(),
                    key(login),
                    login.hostKey()));
  }

  static Optional<SshConfig> config(
      MachineRecord machine, VmFiles files, IntFunction<Optional<InetSocketAddress>> address) {
    Login login = machine.login();
    if (login == null) {
      return Optional.empty();
    }
    return address
        .apply(SSH_PORT)
        .map(
            at ->
                new SshConfig(
                    machine.name(),
                    at.getAddress().getHostAddress(),
                    at.getPort(),
                    login.user(),
                    Path.of(login.keyFile()),
                    files.knownHosts()));
  }

  /** Writes what people's own ssh reads. */
  static void write(MachineRecord machine, VmFiles files, SshConfig config) {
    Login login = machine.login();
    if (login != null) {
      DurableFiles.replaceUntilReboot(
          files.knownHosts(), "rw-r--r--", config.knownHosts(login.hostKey()));
      DurableFiles.replaceUntilReboot(files.sshConfig(), "rw-r--r--", config.text());
    }
  }

  private static SshKeyPair key(Login login) {
    try {
      return SshKeyPair.of(Files.readString(Path.of(login.keyFile())), login.publicKey());
    } catch (IOException e) {
      throw DurableFiles.fault("read the key " + login.keyFile(), e);
    }
  }
}
