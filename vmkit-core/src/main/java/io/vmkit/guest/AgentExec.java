package io.vmkit.guest;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.error.VmkitException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of one program by guest-exec, watched by polling guest-exec-status. */
final class AgentExec {
  private static final int NO_SUCH_PROGRAM = 127;
  private static final int CANNOT_RUN = 126;
  private static final Duration LAST_OUTPUT = Duration.ofSeconds(5);

  private final AgentCalls calls;
  private final GuestCommand command;
  private final CountDownLatch closed;
  private final Deadline deadline;

  AgentExec(AgentCalls calls, GuestCommand command, CountDownLatch closed) {
    this.calls = calls;
    this.command = command;
    this.closed = closed;
    this.deadline = Deadline.in(command.timeout());
  }

  String attempted() {
    return "run " + command + " in the guest";
  }

  /** What to do at each look at the program. */
  interface Watch {
    /** Returns whether something had happened. */
    boolean look();
  }

  /** Runs the program; the agent keeps its output, up to 16 MiB. */
  AgentCalls.Status capture(byte @Nullable [] input) {
    List<String> argv = AgentText.sendable(ShellText.selfContained(command));
    long pid;
    try {
      pid = calls.exec(argv, input, true);
    } catch (PeerRefused e) {
      return notStarted(e);
    }
    AgentCalls.Status status = await(pid, () -> false, Evidence::none);
    if (status.truncated()) {
      throw new ProtocolFailure(
          attempted(),
          "",
          "the agent cut its output at 16 MiB",
          "take the output by a sink, or write it to a file and copy that",
          null);
    }
    return status;
  }

  /** What a program gets that cannot be started, as a shell would tell it. */
  private static AgentCalls.Status notStarted(PeerRefused e) {
    String said = e.cameBack();
    if (!said.contains("Failed to execute child process")) {
      throw e;
    }
    int code = said.contains("No such file") ? NO_SUCH_PROGRAM : CANNOT_RUN;
    byte[] message = said.getBytes(StandardCharsets.UTF_8);
    return new AgentCalls.Status(true, code, new byte[0], message, false);
  }

  /**
   * Waits until the program has ended; kills it when that does not go well.
   *
   * @param known tells the output so far that the agent does not keep
   */
  AgentCalls.Status await(long pid, Watch watch, Supplier<Evidence> known) {
    try {
      return poll(pid, watch).orElseThrow(() -> outOfTime(pid, watch, known));
    } catch (InterruptedException | OperationInterrupted e) {
      Thread.interrupted(); // Killing waits as well, so the flag is set again only afterwards.
      killInto(e, pid);
      throw new OperationInterrupted(attempted(), e);
    } catch (ProtocolFailure | DeadlineExceeded e) {
      throw e;
    } catch (RuntimeException | Error e) {
      killInto(e, pid);
      throw e;
    }
  }

  /** The status at the end; empty when time ran out. */
  private Optional<AgentCalls.Status> poll(long pid, Watch watch) throws InterruptedException {
    PollInterval interval = new PollInterval(closed);
    while (true) {
      AgentCalls.Status status = calls.status(pid);
      if (watch.look()) {
        interval.reset();
      }
      if (status.exited()) {
        return Optional.of(status);
      }
      if (deadline.passed()) {
        return Optional.empty();
      }
      if (!interval.await(deadline)) {
        throw shellClosed(pid);
      }
    }
  }

  private DeadlineExceeded outOfTime(long pid, Watch watch, Supplier<Evidence> known) {
    List<Throwable> faults = new ArrayList<>();
    Evidence kept = Evidence.none();
    try {
      kill(pid);
      kept = lastOutput(pid);
      watch.look();
    } catch (VmkitException | InterruptedException e) {
      faults.add(e);
    }
    DeadlineExceeded late =
        new DeadlineExceeded(
            attempted(),
            "it still ran after " + command.timeout().toMillis() + " ms; it is killed",
            kept.and(known.get()),
            "see what it was waiting for, or allow it more time",
            null);
    faults.forEach(late::addSuppressed);
    return late;
  }

  /** The agent tells the output only once the program has ended. */
  private Evidence lastOutput(long pid) throws InterruptedException {
    Deadline soon = Deadline.in(LAST_OUTPUT);
    PollInterval interval = new PollInterval(new CountDownLatch(1));
    AgentCalls.Status status = calls.status(pid);
    while (!status.exited() && !soon.passed()) {
      interval.await(soon);
      status = calls.status(pid);
    }
    CapturedOutput output = new CapturedOutput(command, null);
    output.stdout(status.stdout());
    output.stderr(status.stderr());
    return output.evidence();
  }

  private ProtocolFailure shellClosed(long pid) {
    ProtocolFailure failure =
        new ProtocolFailure(attempted(), "", "the shell was closed", "keep it open", null);
    killInto(failure, pid);
    return failure;
  }

  /** Kills the program; what goes wrong with that is told beside the failure that led here. */
  void killInto(Throwable failure, long pid) {
    try {
      kill(pid);
    } catch (VmkitException e) {
      failure.addSuppressed(e);
    }
  }

  private void kill(long pid) {
    new AgentExec(calls, KillTree.of(pid), new CountDownLatch(1)).capture(null);
  }
}
