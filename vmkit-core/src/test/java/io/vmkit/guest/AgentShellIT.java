package io.vmkit.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.ProtocolFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The contract against a real guest agent, and the agent's own commands. */
class AgentShellIT extends GuestFilesContract {
  private static HostAgent agent;
  private static AgentShell shell;

  @BeforeContainer
  static void start() throws IOException {
    agent = new HostAgent(Files.createTempDirectory("vmkit-agent"), null);
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

  @Example
  void theAgentTellsAboutItsGuest() {
    GuestAgent typed = GuestAgent.over(agent);

    typed.ping(Duration.ofSeconds(10));
    assertThat(typed.info().version()).matches("\\d+\\.\\d+.*");
    assertThat(typed.info().commands()).contains("guest-exec", "guest-ping");
    assertThat(typed.osInfo().machine()).isEqualTo(uname("-m"));
    assertThat(typed.osInfo().kernelRelease()).isEqualTo(uname("-r"));
    assertThat(typed.hostname()).isEqualTo(uname("-n"));
    assertThat(typed.interfaces())
        .filteredOn(nic -> nic.name().equals("lo"))
        .singleElement()
        .satisfies(
            lo -> assertThat(lo.addresses()).contains(new GuestInterface.Address("127.0.0.1", 8)));
  }

  private static String uname(String option) {
    return shell.run("uname", option).orThrow().stdout().strip();
  }

  @Example
  void aCrashEndsTheCommand() throws IOException {
    try (HostAgent own = new HostAgent(Files.createTempDirectory("vmkit-agent"), null)) {
      // Nobody is left to tidy up, and this guest's /tmp is the host's: the program does it.
      String script =
          """
          echo up
          out=$(readlink /proc/$$/fd/1)
          case $out in /tmp/.vmkit-*/out) rm -r "${out%/out}" ;; esac
          exec sleep 3
          """;
      GuestCommand waiting = GuestCommand.of("sh", "-c", script).build();

      assertThatThrownBy(
              () -> AgentShell.over(own).run(waiting, OutputSink.lines(line -> own.crash())))
          .isInstanceOf(ProtocolFailure.class);
    }
  }

  @Example
  void outputThatTheAgentCannotKeepIsAnError() {
    assertThatThrownBy(() -> shell.run("head", "-c", "20000000", "/dev/zero"))
        .isInstanceOf(ProtocolFailure.class)
        .hasMessageContaining("16 MiB");
  }
}
