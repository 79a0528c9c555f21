package io.vmkit.guest;

import io.vmkit.error.StorageFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A run whose streams are files in a directory of the guest's: the way to see output while the
 * program runs, and to give it more input than a message holds. The input is written whole before
 * the program starts.
 */
final class AgentStagedExec {
  /** Runs {@code $2…} on the files in {@code $1}. */
  private static final String RUN =
      """
      stage=$1
      shift
      exec <"$stage/in" >"$stage/out" 2>"$stage/err"
      exec "$@"
      """;

  private final AgentCalls calls;
  private final GuestCommand command;
  private final CountDownLatch closed;
  private final CapturedOutput output;

  AgentStagedExec(
      AgentCalls calls, GuestCommand command, CountDownLatch closed, @Nullable OutputSink sink) {
    this.calls = calls;
    this.command = command;
    this.closed = closed;
    this.output = new CapturedOutput(command, sink);
  }

  GuestResult run() {
    try (AgentStage stage = AgentStage.make(new AgentScripts(calls), ": >in && : >out && : >err")) {
      sendInput(stage);
      try (AgentTail out = new AgentTail(calls, stage.file("out"));
          AgentTail err = new AgentTail(calls, stage.file("err"))) {
        return run(stage, out, err);
      }
    }
  }

  private GuestResult run(AgentStage stage, AgentTail out, AgentTail err) {
    List<String> operands = new ArrayList<>(List.of(stage.path()));
    operands.addAll(ShellText.selfContained(command));
    AgentExec exec = new AgentExec(calls, command, closed);
    long pid = calls.exec(AgentText.sendable(ShellText.shell(RUN, operands)), null, false);
    AgentExec.Watch drain = () -> drain(out, err);
    AgentCalls.Status status = exec.await(pid, drain, output::evidence);
    return output.ended(status.code());
  }

  /** Passes on all that is there. */
  private boolean drain(AgentTail out, AgentTail err) {
    boolean any = false;
    while (true) {
      byte[] printed = out.next();
      byte[] complained = err.next();
      if (printed.length + complained.length == 0) {
        return any;
      }
      any = true;
      output.stdout(printed);
      output.stderr(complained);
    }
  }

  private void sendInput(AgentStage stage) {
    if (command.input().isEmpty()) {
      return;
    }
    try (InputStream in = command.input().get().open();
        OutputStream file = AgentStream.writing(calls, stage.file("in"))) {
      in.transferTo(file);
    } catch (IOException e) {
      throw new StorageFault(
          "pass input to " + command + " in the guest",
          String.valueOf(e.getMessage()),
          "mend the source of the input, or make space in the guest's /tmp",
          e);
    }
  }
}
