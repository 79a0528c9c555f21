package io.vmkit.qmp.session;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.DriverUnavailable;
import io.vmkit.error.Evidence;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.OperationInterrupted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix socket. The only class that touches jnr-unixsocket, whose channels are left to themselves
 * in no way: a closed channel of theirs goes on using its file descriptor number, which may be
 * another connection's by then. So {@link #close} only shuts the socket down, which wakes whoever
 * is in it, and the last one out closes the descriptor.
 */
public final class UnixTransport implements Transport {
  /** The longest path in {@code struct sockaddr_un} of Linux, without its closing null byte. */
  public static final int MAX_PATH_BYTES = 107;

  /** How long one blocking call stays in the kernel before time and interrupts are looked at. */
  private static final int SLICE_MILLIS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(UnixTransport.class);

  private static final int POLL_MILLIS = 2;

  private final UnixSocketChannel channel;
  private final Path path;
  private int users;
  private boolean closed;

  private UnixTransport(UnixSocketChannel channel, Path path) {
    this.channel = channel;
    this.path = path;
  }

  /**
   * Connects to a socket that is there already. Interruptible.
   *
   * @param path the socket, at most {@value #MAX_PATH_BYTES} bytes long
   * @param timeout how long the listener's backlog may stay full
   * @return the connection; the caller closes it
   * @throws InvalidSpec when the path is too long
   * @throws DriverUnavailable when nobody listens there
   * @throws DeadlineExceeded when the backlog stays full
   * @throws OperationInterrupted when the thread is interrupted
   */
  public static UnixTransport connect(Path path, Duration timeout) {
    String attempted = "connect to " + path;
    checkLength(path, attempted);
    UnixSocketChannel channel = null;
    try {
      channel = UnixSocketChannel.open();
      // Linux takes the send timeout for connect() as well, so a full backlog cannot hold us.
      channel.setOption(UnixSocketOptions.SO_SNDTIMEO, SLICE_MILLIS);
      await(channel, new UnixSocketAddress(path.toString()), attempted, Deadline.in(timeout));
      UnixTransport transport = new UnixTransport(channel, path);
      channel = null;
      return transport;
    } catch (IOException e) {
      throw new DriverUnavailable(
          attempted,
          String.valueOf(e.getMessage()),
          "check that QEMU runs and that the socket may be opened",
          e);
    } finally {
      closeQuietly(channel);
    }
  }

  /**
   * Connects to a socket that a process is about to make: asks every {@value #POLL_MILLIS} ms,
   * since nothing tells when a socket begins to listen. Interruptible.
   *
   * @param path the socket, at most {@value #MAX_PATH_BYTES} bytes long
   * @param timeout how long the process may take
   * @param alive whether the process may still make the socket; asked before each attempt
   * @return the connection; the caller closes it
   * @throws InvalidSpec when the path is too long
   * @throws DriverUnavailable when nobody listens there and the process is not alive
   * @throws DeadlineExceeded when nobody listens there in time
   * @throws OperationInterrupted when the thread is interrupted
   */
  public static UnixTransport connectWhenUp(Path path, Duration timeout, BooleanSupplier alive) {
    Deadline deadline = Deadline.in(timeout);
    while (true) {
      boolean mayCome = alive.getAsBoolean();
      try {
        return connect(path, deadline.left());
      } catch (DriverUnavailable e) {
        if (!mayCome) {
          throw e;
        }
        if (deadline.isOver()) {
          throw new DeadlineExceeded(
              e.attempted(), "waiting for the socket", Evidence.none(), e.nextStep(), e);
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(POLL_MILLIS).toNanos());
      if (Thread.interrupted()) {
        throw new OperationInterrupted("connect to " + path, null);
      }
    }
  }

  /**
   * Loads jnr's native part, which takes some 100 ms the first time in a JVM; worth doing on
   * another thread while QEMU starts. Cheap afterwards.
   *
   * @throws DriverUnavailable when the native part cannot be loaded or used
   */
  public static void warmUp() {
    try {
      UnixSocketChannel[] pair = UnixSocketChannel.pair();
      try (UnixTransport left = new UnixTransport(pair[0], Path.of("warm-up"));
          UnixTransport right = new UnixTransport(pair[1], Path.of("warm-up"))) {
        pair[0].setOption(UnixSocketOptions.SO_SNDTIMEO, SLICE_MILLIS);
        left.write(ByteBuffer.allocate(1), Duration.ofSeconds(1));
        right.read(ByteBuffer.allocate(1));
      }
    } catch (IOException e) {
      throw new DriverUnavailable(
          "make ready Unix sockets", String.valueOf(e.getMessage()), "check jnr-unixsocket", e);
    }
  }

  private static void checkLength(Path path, String attempted) {
    int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_PATH_BYTES) {
      throw new InvalidSpec(
          attempted,
          "the path has " + bytes + " bytes, a Unix socket's at most " + MAX_PATH_BYTES,
          "use a shorter directory");
    }
  }

  private static void await(
      UnixSocketChannel channel, UnixSocketAddress address, String attempted, Deadline deadline)
      throws IOException {
    while (!channel.connect(address)) {
      if (Thread.interrupted()) {
        throw new OperationInterrupted(attempted, null);
      }
      if (deadline.isOver()) {
        throw new DeadlineExceeded(
            attempted,
            "waiting for the listener to accept",
            Evidence.none(),
            "check that QEMU is not stopped or stuck",
            null);
      }
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!enter()) {
      return -1;
    }
    try {
      int count;
      do {
        count = channel.read(target);
      } while (count == 0);
      return count;
    } finally {
      leave();
    }
  }

  @Override
  public void write(ByteBuffer source, Duration timeout) throws IOException {
    if (!enter()) {
      throw new ClosedChannelException();
    }
    try {
      Deadline deadline = Deadline.in(timeout);
      do {
        channel.write(source);
      } while (source.hasRemaining()
          && !deadline.isOver()
          && !Thread.currentThread().isInterrupted());
    } finally {
      leave();
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (users == 0) {
      closeQuietly(channel);
    } else {
      shutdown();
    }
  }

  private synchronized boolean enter() {
    if (!closed) {
      users++;
    }
    return !closed;
  }

  private synchronized void leave() {
    users--;
    if (closed && users == 0) {
      closeQuietly(channel);
    }
  }

  private void shutdown() {
    try {
      channel.shutdownInput();
      channel.shutdownOutput();
    } catch (IOException e) {
      // The peer has gone already, and with it whoever could have kept a reader waiting.
      LOG.trace("{}: shutdown: {}", this, e.getMessage());
    }
  }

  private static void closeQuietly(@Nullable UnixSocketChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.debug("close a Unix socket: {}", e.getMessage());
      }
    }
  }

  /** {@return the path of the socket} */
  @Override
  public String toString() {
    return path.toString();
  }
}
