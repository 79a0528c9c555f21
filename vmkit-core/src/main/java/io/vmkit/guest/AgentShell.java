package io.vmkit.guest;

import io.vmkit.error.StorageFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A guest's shell by the QEMU guest agent: needs no network and no login, and runs as root. The
 * guest needs {@code /bin/sh} and the usual small programs; busybox has all of them.
 *
 * <p>The agent never speaks first, so a running program is looked at every 2 ms at first and every
 * 50 ms at most. Input of more than 1 MiB is written whole into the guest before the program
 * starts; output that is watched by a sink grows in a private directory under {@code /tmp} until
 * the end.
 */
public final class AgentShell implements GuestShell {
  /** Input up to this many bytes travels in the message that starts the program. */
  private static final int SHORT_INPUT = 1 << 20;

  private final AgentCalls calls;
  private final CountDownLatch closed = new CountDownLatch(1);

  private AgentShell(AgentCalls calls) {
    this.calls = calls;
  }

  /**
   * {@return a shell over a channel; nothing is sent yet}
   *
   * @param channel the conversation with the agent; closing the shell leaves it open
   */
  public static AgentShell over(AgentChannel channel) {
    return new AgentShell(new AgentCalls(channel));
  }

  @Override
  public GuestResult run(GuestCommand command) {
    byte[] input = shortInput(command);
    if (input == null) {
      return new AgentStagedExec(calls, command, closed, null).run();
    }
    AgentCalls.Status status =
        new AgentExec(calls, command, closed).capture(input.length == 0 ? null : input);
    CapturedOutput output = new CapturedOutput(command, null);
    output.stdout(status.stdout());
    output.stderr(status.stderr());
    return output.ended(status.code());
  }

  @Override
  public GuestResult run(GuestCommand command, OutputSink sink) {
    return new AgentStagedExec(calls, command, closed, sink).run();
  }

  /** The whole input; null when it is too long for one message. */
  private static byte @Nullable [] shortInput(GuestCommand command) {
    if (command.input().isEmpty()) {
      return new byte[0];
    }
    try (InputStream in = command.input().get().open()) {
      byte[] bytes = in.readNBytes(SHORT_INPUT + 1);
      return bytes.length > SHORT_INPUT ? null : bytes;
    } catch (IOException e) {
      throw new StorageFault(
          "run " + command + " in the guest",
          "its input cannot be read: " + e.getMessage(),
          "mend the source of the input",
          e);
    }
  }

  @Override
  public void copyTo(Path local, String remote) {
    files().copyTo(local, remote);
  }

  @Override
  public void copyFrom(String remote, Path local) {
    files().copyFrom(remote, local);
  }

  @Override
  public byte[] readFile(String path) {
    return files().read(path);
  }

  @Override
  public void writeFile(String path, byte[] content, int mode) {
    files().write(path, content, mode);
  }

  private GuestFiles files() {
    return new GuestFiles(new AgentTree(calls));
  }

  @Override
  public GuestTerminal openTerminal(int columns, int rows) {
    return AgentTerminal.open(calls, columns, rows);
  }

  /** Ends commands that still run; the channel and open terminals stay. */
  @Override
  public void close() {
    closed.countDown();
  }
}
