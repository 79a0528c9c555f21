package io.vmkit.qmp.session;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.DriverUnavailable;
import io.vmkit.error.Evidence;
import io.vmkit.error.OperationInterrupted;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP connection. QMP has neither password nor encryption: for the loopback interface, or a
 * tunnel that ends there.
 *
 * <p>The channel does not block, since an interrupt closes a channel of the JDK's that does. Reader
 * and writer wait on a selector each.
 */
public final class TcpTransport implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);

  private final SocketChannel channel;
  private final InetSocketAddress address;
  private final Selector readable;
  private final Selector writable;

  private TcpTransport(InetSocketAddress address) throws IOException {
    this.address = address;
    this.channel = SocketChannel.open();
    channel.configureBlocking(false);
    this.readable = Selector.open();
    this.writable = Selector.open();
  }

  /**
   * Connects. Interruptible.
   *
   * @param address where QEMU listens
   * @param timeout how long the network may take
   * @return the connection; the caller closes it
   * @throws DriverUnavailable when nobody listens there
   * @throws DeadlineExceeded when there is no answer in time
   * @throws OperationInterrupted when the thread is interrupted
   */
  public static TcpTransport connect(InetSocketAddress address, Duration timeout) {
    TcpTransport transport = null;
    boolean connected = false;
    try {
      transport = new TcpTransport(address);
      transport.connect(Deadline.in(timeout));
      connected = true;
      return transport;
    } catch (IOException e) {
      throw new DriverUnavailable(
          "connect to " + address,
          String.valueOf(e.getMessage()),
          "check that QEMU runs and listens there",
          e);
    } finally {
      if (transport != null && !connected) {
        transport.close();
      }
    }
  }

  private void connect(Deadline deadline) throws IOException {
    channel.connect(address);
    SelectionKey key = channel.register(writable, SelectionKey.OP_CONNECT);
    while (!channel.finishConnect()) {
      if (Thread.interrupted()) {
        throw new OperationInterrupted("connect to " + address, null);
      }
      if (deadline.isOver()) {
        throw new DeadlineExceeded(
            "connect to " + address,
            "waiting for the other side",
            Evidence.none(),
            "check the address and the firewall",
            null);
      }
      await(writable, deadline);
    }
    key.interestOps(SelectionKey.OP_WRITE);
    channel.register(readable, SelectionKey.OP_READ);
  }

  private static void await(Selector selector, Deadline deadline) throws IOException {
    selector.select(Math.max(1, deadline.left().toMillis()));
    selector.selectedKeys().clear();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    try {
      int count = channel.read(target);
      while (count == 0) {
        readable.select();
        readable.selectedKeys().clear();
        count = channel.read(target);
      }
      return count;
    } catch (ClosedChannelException | ClosedSelectorException e) {
      LOG.trace("{}: closed while reading", this);
      return -1;
    }
  }

  @Override
  public void write(ByteBuffer source, Duration timeout) throws IOException {
    Deadline deadline = Deadline.in(timeout);
    try {
      channel.write(source);
      while (source.hasRemaining()
          && !deadline.isOver()
          && !Thread.currentThread().isInterrupted()) {
        await(writable, deadline);
        channel.write(source);
      }
    } catch (ClosedSelectorException e) {
      throw new IOException("closed while writing", e);
    }
  }

  @Override
  public void close() {
    try (readable;
        writable;
        channel) {
      LOG.trace("{}: closing", this);
    } catch (IOException e) {
      LOG.debug("close {}: {}", this, e.getMessage());
    }
  }

  /** {@return the address of the other side} */
  @Override
  public String toString() {
    return address.toString();
  }
}
