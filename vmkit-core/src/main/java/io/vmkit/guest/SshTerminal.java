package io.vmkit.guest;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelShell;
import com.jcraft.jsch.Session;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.ProtocolFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A terminal by SSH. It has a connection of its own, so that output which nobody reads holds up
 * nothing else.
 */
final class SshTerminal implements GuestTerminal {
  private static final String TYPE = "xterm-256color";

  private final Session session;
  private final ChannelShell channel;
  private final ChunkPipe pipe;
  private final CountDownLatch ended;
  private final InputStream output;
  private final OutputStream input;

  private SshTerminal(Session session, ChannelShell channel, ChunkPipe pipe, CountDownLatch ended) {
    this.session = session;
    this.channel = channel;
    this.pipe = pipe;
    this.ended = ended;
    this.output = new PipeInput(pipe);
    this.input = inputOf(channel);
  }

  private static OutputStream inputOf(ChannelShell channel) {
    try {
      return channel.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Declared, but only closed over until it is used.
    }
  }

  /** Opens a terminal that owns the session. */
  static SshTerminal open(SshConnection connection, Session session, int columns, int rows) {
    ChunkPipe pipe = new ChunkPipe();
    CountDownLatch ended = new CountDownLatch(1);
    Channel channel =
        connection.open(
            "open a terminal in the guest",
            session,
            "shell",
            opening -> {
              ChannelShell shell = (ChannelShell) opening;
              shell.setPty(true);
              shell.setPtyType(TYPE, columns, rows, 0, 0);
              shell.setOutputStream(pipe.stdout());
              shell.setExtOutputStream(new EndSignal(pipe.stderr(), ended));
              shell.connect();
            });
    return new SshTerminal(session, (ChannelShell) channel, pipe, ended);
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
    channel.setPtySize(columns, rows, 0, 0);
  }

  @Override
  public int awaitExit(Duration timeout) {
    try {
      if (!ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new DeadlineExceeded(
            "wait for the end of a terminal session",
            "it still ran after " + timeout.toMillis() + " ms",
            Evidence.none(),
            "type exit into it or close it",
            null);
      }
    } catch (InterruptedException e) {
      throw new OperationInterrupted("wait for the end of a terminal session", e);
    }
    if (channel.getExitSignal() != null) {
      return SshSignal.exitCode(channel.getExitSignal());
    }
    if (channel.getExitStatus() < 0) {
      throw new ProtocolFailure(
          "wait for the end of a terminal session",
          "",
          "the connection ended before the session did",
          "open another terminal",
          null);
    }
    return channel.getExitStatus();
  }

  @Override
  public void close() {
    pipe.abandon();
    channel.disconnect();
    session.disconnect();
  }

  /** Tells that the channel has ended, even while nobody reads what it printed. */
  private static final class EndSignal extends OutputStream {
    private final OutputStream target;
    private final CountDownLatch ended;

    EndSignal(OutputStream target, CountDownLatch ended) {
      this.target = target;
      this.ended = ended;
    }

    @Override
    public void write(int b) throws IOException {
      target.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      target.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      ended.countDown();
      target.close();
    }
  }
}
