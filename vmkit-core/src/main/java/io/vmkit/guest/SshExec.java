package io.vmkit.guest;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.Session;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.error.StorageFault;
import io.vmkit.error.VmkitException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One run of one program by SSH.
 *
 * <p>sshd gives the command to the user's login shell as text. That shell prints its process id and
 * becomes the program by {@code exec}; so the id is the program's, and leads a session of its own.
 * OpenSSH refuses to pass on signals for root, hence killing is a second command.
 */
final class SshExec {
  /** Linux allows 128 KiB an argument (MAX_ARG_STRLEN), and sh gets the whole text as one. */
  private static final int LONGEST_COMMAND = 127 * 1024;

  private final SshConnection connection;
  private final GuestCommand command;
  private final CapturedOutput output;
  private final Deadline deadline;
  private final ChunkPipe pipe = new ChunkPipe();
  private final PidHeader header =
      new PidHeader("vmkit-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
  private volatile @Nullable IOException inputFault;

  private SshExec(SshConnection connection, GuestCommand command, @Nullable OutputSink sink) {
    this.connection = connection;
    this.command = command;
    this.output = new CapturedOutput(command, sink);
    this.deadline = Deadline.in(command.timeout());
  }

  static GuestResult run(
      SshConnection connection, GuestCommand command, @Nullable OutputSink sink) {
    SshExec exec = new SshExec(connection, command, sink);
    try (SshConnection.Place place = connection.place("run " + command, exec.deadline)) {
      return exec.run();
    }
  }

  private GuestResult run() {
    byte[] text = text();
    ChannelExec channel = open(connection.session(deadline), text);
    try {
      pump();
      return output.ended(exitCode(channel));
    } catch (InterruptedException e) {
      killInto(e); // Waits as well, so the flag is set again only afterwards.
      throw new OperationInterrupted("run " + command + " in the guest", e);
    } catch (ProtocolFailure e) {
      throw e;
    } catch (RuntimeException | Error e) {
      killInto(e);
      throw e;
    } finally {
      pipe.abandon();
      channel.disconnect();
    }
  }

  private byte[] text() {
    String program = "exec " + ShellText.joined(ShellText.selfContained(command));
    byte[] text = (header.script() + "\n" + program).getBytes(StandardCharsets.UTF_8);
    if (text.length > LONGEST_COMMAND) {
      throw new InvalidSpec(
          "run " + command.argv().get(0) + " in the guest",
          "its arguments are longer than " + LONGEST_COMMAND + " bytes",
          "pass them by input or by a file");
    }
    return text;
  }

  private ChannelExec open(Session session, byte[] text) {
    Optional<InputStream> input = input();
    return (ChannelExec)
        connection.open(
            "run " + command + " in the guest",
            session,
            "exec",
            channel -> {
              ((ChannelExec) channel).setCommand(text);
              channel.setOutputStream(pipe.stdout());
              channel.setExtOutputStream(pipe.stderr());
              input.ifPresent(channel::setInputStream);
              channel.connect();
              if (input.isEmpty()) {
                channel.getOutputStream().close(); // Says that no input comes.
              }
            });
  }

  private Optional<InputStream> input() {
    if (command.input().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Watched(command.input().get().open()));
    } catch (IOException e) {
      throw inputFault(e);
    }
  }

  /** Passes the output on until the channel has ended. */
  private void pump() throws InterruptedException {
    while (true) {
      ChunkPipe.Chunk chunk = pipe.take(deadline.nanosLeft());
      IOException fault = inputFault;
      if (fault != null) {
        throw inputFault(fault);
      }
      if (chunk == null) {
        throw outOfTime();
      }
      switch (chunk.source()) {
        case STDOUT -> output.stdout(header.strip(chunk.bytes()));
        case STDERR -> output.stderr(chunk.bytes());
        case END -> {
          output.stdout(header.rest());
          return;
        }
      }
    }
  }

  private int exitCode(ChannelExec channel) {
    if (channel.getExitStatus() >= 0) {
      return channel.getExitStatus();
    }
    if (channel.getExitSignal() != null) {
      return SshSignal.exitCode(channel.getExitSignal());
    }
    throw lost("the connection ended before the program did", null);
  }

  private ProtocolFailure lost(String what, @Nullable Exception cause) {
    return new ProtocolFailure(
        "run " + command + " in the guest",
        "",
        what,
        "it may have run or still run; look before doing it again",
        cause);
  }

  private DeadlineExceeded outOfTime() {
    return new DeadlineExceeded(
        "run " + command + " in the guest",
        "it still ran after " + command.timeout().toMillis() + " ms; it is killed",
        output.evidence(),
        "see what it was waiting for, or allow it more time",
        null);
  }

  private StorageFault inputFault(IOException e) {
    return new StorageFault(
        "run " + command + " in the guest",
        "its input cannot be read: " + e.getMessage(),
        "mend the source of the input",
        e);
  }

  /** Kills the program; what goes wrong with that is told beside the failure that led here. */
  private void killInto(Throwable failure) {
    try {
      OptionalLong pid = awaitPid();
      if (pid.isPresent()) {
        new SshExec(connection, KillTree.of(pid.getAsLong()), null).run();
      }
    } catch (VmkitException e) {
      failure.addSuppressed(e);
    } catch (InterruptedException e) {
      failure.addSuppressed(e);
      Thread.currentThread().interrupt();
    }
  }

  /** The program's id, which comes before any output, but need not have come yet. */
  private OptionalLong awaitPid() throws InterruptedException {
    Deadline soon = Deadline.in(KillTree.TIMEOUT);
    while (header.pid().isEmpty()) {
      ChunkPipe.Chunk chunk = pipe.take(soon.nanosLeft());
      if (chunk == null || chunk.source() == ChunkPipe.Source.END) {
        break;
      }
      if (chunk.source() == ChunkPipe.Source.STDOUT) {
        header.strip(chunk.bytes());
      }
    }
    return header.pid();
  }

  /** The program's input; a fault in reading it ends the command instead of being swallowed. */
  private final class Watched extends FilterInputStream {
    Watched(InputStream source) {
      super(source);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (IOException e) {
        inputFault = e;
        pipe.stdout().write(new byte[0], 0, 0); // Wakes the waiting thread.
        throw e;
      }
    }
  }
}
