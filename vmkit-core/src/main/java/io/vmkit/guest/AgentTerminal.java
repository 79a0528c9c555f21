package io.vmkit.guest;

import io.vmkit.error.CommandFailed;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.error.VmkitException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A terminal by the agent: script(1), of util-linux or busybox, makes the pseudo-terminal.
 *
 * <pre>
 * input()  → guest-file-write → FIFO in  → script ⇄ pseudo-terminal ⇄ sh -i
 * output() ← guest-file-read  ← file out ←
 * </pre>
 *
 * The output is a file since a FIFO would lose bytes: the agent drops what it has read when the
 * next read of a FIFO would block. It takes space in the guest until the terminal is closed.
 */
final class AgentTerminal implements GuestTerminal {
  private static final String ATTEMPTED = "open a terminal in the guest";
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final int HANGUP = 128 + 1;

  /** What runs on the terminal; stays in the stage so that script(1) needs no quoting. */
  private static final String SESSION =
      """
      cat >session <<'END'
      cd "${0%/*}" || exit
      stty cols "$1" rows "$2"
      tty >tty.new && mv tty.new tty
      stage=$PWD
      export TERM=xterm-256color HOME="${HOME:-/root}"
      cd "$HOME" || cd /
      "${SHELL:-/bin/sh}" -i
      echo $? >"$stage/status"
      END
      mkfifo in && : >out
      """;

  /** {@code <>} opens the FIFO without a writer, and it never comes to its end. */
  private static final String START =
      """
      exec <>"$1/in" >"$1/out" 2>&1
      exec script -qfc "sh $1/session $2 $3" /dev/null
      """;

  private final AgentCalls calls;
  private final AgentStage stage;
  private final long pid;
  private final long inputHandle;
  private final AgentTail tail;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final InputStream output = new Output();
  private final OutputStream input = new Input();
  private @Nullable Integer exitCode;
  private boolean released;

  private AgentTerminal(AgentCalls calls, AgentStage stage, long pid) {
    this.calls = calls;
    this.stage = stage;
    this.pid = pid;
    this.inputHandle = calls.open(stage.file("in"), "r+");
    this.tail = new AgentTail(calls, stage.file("out"));
  }

  static AgentTerminal open(AgentCalls calls, int columns, int rows) {
    AgentStage stage = AgentStage.make(new AgentScripts(calls), SESSION);
    try {
      List<String> operands =
          List.of(stage.path(), Integer.toString(columns), Integer.toString(rows));
      long pid = calls.exec(ShellText.shell(START, operands), null, false);
      AgentTerminal terminal = new AgentTerminal(calls, stage, pid);
      try {
        terminal.awaitStart();
        return terminal;
      } catch (RuntimeException e) {
        terminal.close();
        throw e;
      }
    } catch (RuntimeException e) {
      stage.close();
      throw e;
    }
  }

  /** Waits until the session runs on its terminal. */
  private void awaitStart() {
    Deadline deadline = Deadline.in(START_LIMIT);
    PollInterval interval = new PollInterval(closed);
    while (read("tty") == null) {
      if (ended()) {
        String said = new String(tail.next(), StandardCharsets.UTF_8);
        throw new CommandFailed(
            "script -qfc 'sh -i' /dev/null in the guest",
            exitCode,
            said,
            "install util-linux or a busybox with script in the guest, or use SSH",
            null);
      }
      pause(ATTEMPTED, interval, deadline);
    }
  }

  /** A small file of the stage; null when there is none. */
  private @Nullable String read(String name) {
    try (InputStream in = AgentStream.reading(calls, stage.file(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return null; // Not there yet.
    }
  }

  private void pause(String attempted, PollInterval interval, Deadline deadline) {
    if (deadline.passed()) {
      throw new DeadlineExceeded(
          attempted, "the session runs", Evidence.none(), "wait longer, or close it", null);
    }
    try {
      if (!interval.await(deadline)) {
        throw new ProtocolFailure(attempted, "", "the terminal was closed", "open another", null);
      }
    } catch (InterruptedException e) {
      throw new OperationInterrupted(attempted, e);
    }
  }

  private synchronized boolean ended() {
    if (exitCode != null) {
      return true;
    }
    AgentCalls.Status status = calls.status(pid);
    if (!status.exited()) {
      return false;
    }
    String written = read("status");
    int code = status.code() == 0 ? HANGUP : status.code();
    exitCode = written == null || written.isEmpty() ? code : Integer.parseInt(written);
    return true;
  }

  @Override
  public InputStream output() {
    return output;
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public void resize(int columns, int rows) {
    List<String> operands =
        List.of(stage.file("tty"), Integer.toString(columns), Integer.toString(rows));
    new AgentScripts(calls)
        .run("read -r tty <\"$1\" && stty cols \"$2\" rows \"$3\" <\"$tty\"", operands)
        .orThrow();
  }

  @Override
  public int awaitExit(Duration timeout) {
    Deadline deadline = Deadline.in(timeout);
    PollInterval interval = new PollInterval(closed);
    while (!ended()) {
      pause("wait for the end of a terminal session", interval, deadline);
    }
    synchronized (this) {
      return exitCode == null ? HANGUP : exitCode;
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (released) {
        return;
      }
      released = true;
    }
    closed.countDown();
    try {
      if (!ended()) {
        new AgentExec(calls, KillTree.of(pid), new CountDownLatch(1)).capture(null);
      }
      calls.close(inputHandle);
      tail.close();
    } finally {
      stage.close();
    }
  }

  private final class Input extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      asStream(() -> calls.write(inputHandle, bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
      asStream(() -> calls.flush(inputHandle));
    }

    private void asStream(Runnable call) throws IOException {
      try {
        call.run();
      } catch (VmkitException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  private final class Output extends InputStream {
    private byte[] part = new byte[0];
    private int position;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (position == part.length && !fill()) {
        return -1;
      }
      int count = Math.min(length, part.length - position);
      System.arraycopy(part, position, target, offset, count);
      position += count;
      return count;
    }

    /** Waits for more output; false when the session has ended and all is read. */
    private boolean fill() throws IOException {
      PollInterval interval = new PollInterval(closed);
      try {
        do {
          boolean last = ended(); // Asked before reading, so that nothing comes in between.
          part = tail.next();
          position = 0;
          if (part.length == 0 && last) {
            return false;
          }
        } while (part.length == 0 && interval.await(Deadline.never()));
        return part.length > 0;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while reading a terminal");
      } catch (PeerRefused | ProtocolFailure e) {
        if (closed.getCount() == 0) {
          return false; // The file went with the terminal.
        }
        throw new IOException("the terminal was lost", e);
      }
    }
  }
}
