package io.vmkit.qmp.session;

import static io.vmkit.qmp.session.FakeQemu.SOON;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.DriverUnavailable;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.OperationInterrupted;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UnixTransportTest {
  @TempDir private Path dir;

  private ServerSocketChannel listen(int backlog) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket()), backlog);
  }

  private Path socket() {
    return dir.resolve("s");
  }

  @Test
  void warmingUpNeedsNoPeer() {
    UnixTransport.warmUp();
    UnixTransport.warmUp();
  }

  @Test
  void bytesTravelBothWaysUntilThePeerLeaves() throws Exception {
    try (ServerSocketChannel server = listen(5);
        UnixTransport transport = UnixTransport.connect(socket(), SOON)) {
      SocketChannel peer = server.accept();
      transport.write(ByteBuffer.wrap("ping".getBytes(US_ASCII)), SOON);
      ByteBuffer got = ByteBuffer.allocate(10);
      peer.read(got);
      assertThat(US_ASCII.decode(got.flip()).toString()).isEqualTo("ping");
      peer.write(ByteBuffer.wrap("pong".getBytes(US_ASCII)));
      assertThat(transport.read(got.clear())).isEqualTo(4);
      peer.close();
      assertThat(transport.read(got)).isEqualTo(-1);
      assertThat(transport).hasToString(socket().toString());
    }
  }

  @Test
  void closingWakesAReaderAndLaterUseIsRefused() throws Exception {
    try (ServerSocketChannel server = listen(5)) {
      UnixTransport transport = UnixTransport.connect(socket(), SOON);
      try (SocketChannel peer = server.accept()) {
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> readFrom(transport));
        assertThat(peer.isConnected()).isTrue();
        transport.close();
        transport.close();
        assertThat(read.join()).isEqualTo(-1);
        assertThat(readFrom(transport)).isEqualTo(-1);
        assertThatThrownBy(() -> transport.write(ByteBuffer.allocate(1), SOON))
            .isInstanceOf(IOException.class);
        assertThat(peer.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      }
    }
  }

  private static int readFrom(UnixTransport transport) {
    try {
      return transport.read(ByteBuffer.allocate(10));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPeerThatTakesNothingDoesNotHoldTheWriter() throws Exception {
    try (ServerSocketChannel server = listen(5);
        UnixTransport transport = UnixTransport.connect(socket(), SOON);
        SocketChannel peer = server.accept()) {
      ByteBuffer large = ByteBuffer.allocate(8 << 20);
      transport.write(large, Duration.ofMillis(50));
      assertThat(large.position()).isPositive();
      assertThat(large.hasRemaining()).isTrue();
      Thread.currentThread().interrupt();
      transport.write(large, SOON);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(large.hasRemaining()).isTrue();
      assertThat(peer.isOpen()).isTrue();
    }
  }

  @Test
  void aFullBacklogIsADeadlineNotAHang() throws Exception {
    List<UnixTransport> waiting = new ArrayList<>();
    try (ServerSocketChannel server = listen(1)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 5; i++) {
                  waiting.add(UnixTransport.connect(socket(), Duration.ofMillis(50)));
                }
              })
          .isInstanceOf(DeadlineExceeded.class);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> UnixTransport.connect(socket(), SOON))
          .isInstanceOf(OperationInterrupted.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(server.isOpen()).isTrue();
    } finally {
      waiting.forEach(UnixTransport::close);
    }
  }

  @Test
  void nobodyThereIsSaidAtOnce() {
    assertThatThrownBy(() -> UnixTransport.connect(socket(), SOON))
        .isInstanceOf(DriverUnavailable.class)
        .hasMessageContaining(socket().toString());
  }

  @Test
  void aPathThatNoSocketCanHaveIsRefused() {
    Path path = dir.resolve("x".repeat(UnixTransport.MAX_PATH_BYTES));
    assertThatThrownBy(() -> UnixTransport.connect(path, SOON))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("107");
  }

  @Test
  void aSocketThatIsStillToComeIsWaitedForWhileItsMakerLives() throws Exception {
    CompletableFuture<UnixTransport> waits =
        CompletableFuture.supplyAsync(
            () -> UnixTransport.connectWhenUp(socket(), SOON, () -> true));
    try (ServerSocketChannel server = listen(5);
        UnixTransport transport = waits.join()) {
      assertThat(server.accept().isConnected()).isTrue();
      assertThat(transport).isNotNull();
    }
    Path never = dir.resolve("never");
    assertThatThrownBy(() -> UnixTransport.connectWhenUp(never, SOON, () -> false))
        .isInstanceOf(DriverUnavailable.class);
    assertThatThrownBy(() -> UnixTransport.connectWhenUp(never, Duration.ofMillis(5), () -> true))
        .isInstanceOf(DeadlineExceeded.class)
        .hasMessageContaining("waiting for the socket");
  }
}
