package io.vmkit.image;

import io.vmkit.error.CommandFailed;
import io.vmkit.error.HostLacks;
import io.vmkit.process.Command;
import io.vmkit.process.CommandResult;
import io.vmkit.process.CommandRunner;
import io.vmkit.state.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs programs as root of a mount and process namespace of their own: for root as they are, for an
 * ordinary user in a user namespace too. When the first of them ends or is killed, the kernel ends
 * all the others and takes their mounts away, so nothing can be left of them.
 */
final class RootNamespace {
  private static final String ATTEMPTED = "make an image as an ordinary user";
  private static final String MAKING = "make an image";
  private static final String RESTRICTION = "kernel.apparmor_restrict_unprivileged_userns";

  private RootNamespace() {}

  static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw DurableFiles.fault("read /proc/self", e);
    }
  }

  /**
   * Begins a command that runs there; see unshare(1). It also ends when the thread that waits for
   * it does, and so with the JVM, however that dies: PR_SET_PDEATHSIG of prctl(2).
   */
  static Command.Builder command(String program) {
    Command.Builder unshare =
        Command.of(HostTool.SETPRIV.require(MAKING), "--pdeathsig", "KILL")
            .arg(HostTool.UNSHARE.require(MAKING))
            .args(List.of("--mount", "--pid", "--fork", "--kill-child"));
    if (!isRoot()) {
      unshare.args(List.of("--map-root-user", "--map-auto"));
    }
    return unshare.args(List.of("--", program));
  }

  /**
   * Checks that this user may have such a namespace.
   *
   * @throws HostLacks when not, with the line that mends it
   */
  static void require(CommandRunner runner) {
    if (isRoot()) {
      return;
    }
    HostTool.NEWUIDMAP.require(ATTEMPTED);
    CommandResult tried = runner.run(command("true").build());
    if (tried.succeeded()) {
      return;
    }
    if (Files.exists(Path.of("/proc/sys", RESTRICTION.replace('.', '/')))) {
      throw lacking(tried, "sudo sysctl -w " + RESTRICTION + "=0");
    }
    String user = System.getProperty("user.name");
    throw lacking(
        tried, "sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 " + user);
  }

  private static HostLacks lacking(CommandResult tried, String mendingLine) {
    return new HostLacks(
        ATTEMPTED,
        "no user namespace for it: " + tried.errors().strip(),
        mendingLine,
        new CommandFailed(tried.command(), tried.exitCode(), tried.errors(), mendingLine, null));
  }
}
