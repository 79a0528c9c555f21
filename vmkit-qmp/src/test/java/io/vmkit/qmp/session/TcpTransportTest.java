package io.vmkit.qmp.session;

import static io.vmkit.qmp.session.FakeQemu.SOON;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.DriverUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpTransportTest {
  private static ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static TcpTransport connect(ServerSocketChannel server) throws IOException {
    return TcpTransport.connect((InetSocketAddress) server.getLocalAddress(), SOON);
  }

  @Test
  void bytesTravelBothWaysUntilThePeerLeaves() throws Exception {
    try (ServerSocketChannel server = listen();
        TcpTransport transport = connect(server)) {
      SocketChannel peer = server.accept();
      transport.write(ByteBuffer.wrap("ping".getBytes(US_ASCII)), SOON);
      ByteBuffer got = ByteBuffer.allocate(10);
      peer.read(got);
      assertThat(US_ASCII.decode(got.flip()).toString()).isEqualTo("ping");
      peer.write(ByteBuffer.wrap("pong".getBytes(US_ASCII)));
      assertThat(transport.read(got.clear())).isEqualTo(4);
      peer.close();
      assertThat(transport.read(got)).isEqualTo(-1);
    }
  }

  @Test
  void closingWakesAReaderAndLaterUseIsRefused() throws Exception {
    try (ServerSocketChannel server = listen()) {
      TcpTransport transport = connect(server);
      CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> readFrom(transport));
      transport.close();
      transport.close();
      assertThat(read.join()).isEqualTo(-1);
      assertThatThrownBy(() -> transport.write(ByteBuffer.allocate(1), SOON))
          .isInstanceOf(IOException.class);
    }
  }

  private static int readFrom(TcpTransport transport) {
    try {
      return transport.read(ByteBuffer.allocate(10));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPeerThatTakesNothingHoldsNobodyAndAnInterruptClosesNothing() throws Exception {
    try (ServerSocketChannel server = listen();
        TcpTransport transport = connect(server);
        SocketChannel peer = server.accept()) {
      ByteBuffer large = ByteBuffer.allocate(64 << 20);
      transport.write(large, Duration.ofMillis(50));
      assertThat(large.position()).isPositive();
      Thread.currentThread().interrupt();
      transport.write(large, SOON);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(large.hasRemaining()).isTrue();
      peer.write(ByteBuffer.allocate(1));
      assertThat(transport.read(ByteBuffer.allocate(1))).isEqualTo(1);
    }
  }

  @Test
  void nobodyThereIsSaidAtOnce() throws Exception {
    InetSocketAddress address;
    try (ServerSocketChannel server = listen()) {
      address = (InetSocketAddress) server.getLocalAddress();
    }
    assertThatThrownBy(() -> TcpTransport.connect(address, SOON))
        .isInstanceOf(DriverUnavailable.class);
  }
}
