package io.vmkit.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The contract against an agent whose programs all are busybox's, as in the tiny guest. */
class BusyboxShellIT extends GuestFilesContract {
  private static HostAgent agent;
  private static AgentShell shell;

  @BeforeContainer
  static void start() throws IOException {
    Path busybox = Path.of("/bin/busybox");
    assertThat(busybox).as("needs busybox: apt-get install busybox-static").isExecutable();
    Path directory = Files.createTempDirectory("vmkit-busybox");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String applet :
        List.of(
            "cat",
            "chmod",
            "grep",
            "head",
            "id",
            "ln",
            "ls",
            "mkdir",
            "mkfifo",
            "mv",
            "printf",
            "pwd",
            "readlink",
            "rm",
            "rmdir",
            "seq",
            "sh",
            "sleep",
            "stat",
            "stty",
            "su",
            "true",
            "tty",
            "uname",
            "xargs")) {
      Files.createSymbolicLink(directory.resolve(applet), busybox);
    }
    // The tiny guest has this one from util-linux too.
    Files.createSymbolicLink(directory.resolve("script"), Path.of("/usr/bin/script"));
    agent = new HostAgent(directory, directory.toString());
    shell = AgentShell.over(agent);
  }

  @AfterContainer
  static void stop() {
    if (agent != null) { // Otherwise it did not start, and why is what counts.
      agent.close();
    }
  }

  @Override
  protected GuestShell shell() {
    return shell;
  }
}
