package io.vmkit.guest;

import io.vmkit.error.Unsupported;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a running machine. Shells are made at the first use and shared; closing the guest
 * closes them and leaves the machine as it is. Thread-safe.
 */
public final class Guest implements AutoCloseable {
  /** How long an SSH login may take: key exchange in an emulated guest costs seconds. */
  private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(30);

  private final GuestLink link;
  private final List<BootTimeline.Mark> met = new ArrayList<>();
  private @Nullable GuestShell ssh;
  private @Nullable GuestShell agent;

  private Guest(GuestLink link) {
    this.link = link;
  }

  /**
   * {@return the inside of a machine}
   *
   * @param link the ways into it
   */
  public static Guest over(GuestLink link) {
    return new Guest(link);
  }

  /** {@return a shell by the guest agent: needs no network and no login, runs as root} */
  public synchronized GuestShell agent() {
    if (agent == null) {
      agent = AgentShell.over(link.agent());
    }
    return agent;
  }

  /**
   * A shell by SSH as the seed's user. Interruptible.
   *
   * @return the shell
   * @throws Unsupported when no seed told the guest whom to let in
   * @throws io.vmkit.error.DeadlineExceeded when the login does not succeed within 30 s
   * @throws io.vmkit.error.ProtocolFailure when the server is not the one that the seed named
   */
  public synchronized GuestShell ssh() {
    if (ssh == null) {
      ssh = SshShell.connect(sshEndpoint(), LOGIN_TIMEOUT);
    }
    return ssh;
  }

  /** {@return the agent's own commands, typed} */
  public GuestAgent agentCommands() {
    return GuestAgent.over(link.agent());
  }

  /** {@return how cloud-init ended; empty as long as it has not, asked by the agent} */
  public Optional<CloudInitStatus> cloudInit() {
    return CloudInitStatus.readBy(agent());
  }

  /** {@return the serial console} */
  public ConsoleHub console() {
    return link.console();
  }

  /**
   * {@return settings for people's own ssh, scp, rsync and Ansible}
   *
   * @throws Unsupported when no seed told the guest whom to let in
   */
  public SshConfig sshConfig() {
    return link.sshConfig().orElseThrow(this::noSsh);
  }

  /**
   * Waits until a condition holds. Interruptible.
   *
   * @param condition what to wait for
   * @throws io.vmkit.error.DeadlineExceeded when it does not hold in time, with the evidence
   * @throws io.vmkit.error.MachineFailed when the machine dies meanwhile or the condition can never
   *     hold, with the evidence
   * @throws io.vmkit.error.OperationInterrupted when the thread is interrupted
   */
  public void await(Ready condition) {
    List<BootTimeline.Mark> marks = new ReadyWait(this, condition).run();
    synchronized (met) {
      met.addAll(marks);
    }
  }

  /** {@return what happened since the start: kernel, cloud-init's stages, agent, conditions met} */
  public BootTimeline timeline() {
    synchronized (met) {
      return BootTimeline.of(link, met);
    }
  }

  GuestLink link() {
    return link;
  }

  private SshEndpoint sshEndpoint() {
    return link.ssh().orElseThrow(this::noSsh);
  }

  Unsupported noSsh() {
    return new Unsupported(
        "reach " + link.name() + " by SSH",
        "of this vm",
        "SSH login",
        "give the spec a seed with a user and an interface on user networking");
  }

  @Override
  public synchronized void close() {
    if (ssh != null) {
      ssh.close();
      ssh = null;
    }
    if (agent != null) {
      agent.close();
      agent = null;
    }
  }
}
