package io.vmkit.guest;

import io.vmkit.error.CommandFailed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Short scripts of our own in the guest. */
final class AgentScripts {
  private final AgentCalls calls;

  /** Never falls: tidying up goes on after the shell was closed. */
  private final CountDownLatch closed = new CountDownLatch(1);

  AgentScripts(AgentCalls calls) {
    this.calls = calls;
  }

  /** What a script printed, as bytes. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Outcome(int code, byte[] stdout, String stderr) {
    Outcome orThrow() {
      if (code != 0) {
        throw new CommandFailed(
            "a script of vmkit in the guest", code, stderr, "see what it printed", null);
      }
      return this;
    }
  }

  /** Runs a script with operands {@code $1…}. */
  Outcome run(String script, List<String> operands) {
    List<String> argv = ShellText.shell(script, operands);
    GuestCommand command = GuestCommand.of(argv.get(0)).args(argv.subList(1, argv.size())).build();
    AgentCalls.Status status = new AgentExec(calls, command, closed).capture(null);
    String errors = new String(status.stderr(), StandardCharsets.UTF_8);
    return new Outcome(status.code(), status.stdout(), errors);
  }
}
