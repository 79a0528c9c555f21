package io.vmkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.ImageRejected;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.progress.Progress;
import io.vmkit.value.Digest;
import io.vmkit.value.Digest.Algorithm;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlSourceTest {
  private static final byte[] DISK = new byte[1 << 20];
  private static final Digest DIGEST = Digest.sha256(DISK);

  /** Long enough for a loaded host, short enough for the test that waits it out. */
  private static final Download.Limits SHORT =
      new Download.Limits(Duration.ofSeconds(20), Duration.ofSeconds(5));

  @TempDir Path root;
  private ImageStore store;
  private HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch testEnd = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    store = ImageStore.in(root);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    serve("/disk", UrlSourceTest::sendAll);
    server.start();
  }

  @AfterEach
  void stop() {
    testEnd.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  private static void sendAll(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, DISK.length);
    exchange.getResponseBody().write(DISK);
  }

  /** Announces the whole disk and sends half of it. */
  private static void sendHalf(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, DISK.length);
    OutputStream body = exchange.getResponseBody();
    body.write(DISK, 0, DISK.length / 2);
    body.flush();
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private Image fetch(String path, Digest digest) {
    return new UrlSource(address(path), digest, SHORT).obtain(store, Progress.none());
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      assertThat(entries.map(entry -> entry.getFileName().toString())).containsExactly(".locks");
    }
  }

  @ParameterizedTest
  @EnumSource
  void imageOfTheRightDigestIsFetchedOnce(Algorithm algorithm) throws IOException {
    Digest digest = Digest.of(algorithm, algorithm.accumulator().digest(DISK));
    Image image = fetch("/disk", digest);
    assertThat(Files.readAllBytes(image.disk().orElseThrow().file())).isEqualTo(DISK);
    assertThat(fetch("/disk", digest)).isEqualTo(image);
    assertThat(requests).hasValue(1);
  }

  @Test
  void progressEndsWithAllBytes() {
    List<Long> told = new ArrayList<>();
    serve(
        "/slow",
        exchange -> {
          sendHalf(exchange);
          awaitProgress(told);
          exchange.getResponseBody().write(DISK, DISK.length / 2, DISK.length / 2);
        });
    Progress progress =
        (name, total, unit) -> {
          assertThat(total).hasValue(DISK.length);
          return done -> {
            synchronized (told) {
              told.add(done);
              told.notifyAll();
            }
          };
        };
    new UrlSource(address("/slow"), DIGEST, Download.Limits.USUAL).obtain(store, progress);
    assertThat(told).isSorted().endsWith((long) DISK.length);
  }

  private static void awaitProgress(List<Long> told) {
    synchronized (told) {
      try {
        while (told.isEmpty()) {
          told.wait();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void redirectIsFollowed() {
    serve(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/disk");
          exchange.sendResponseHeaders(302, -1);
        });
    assertThat(fetch("/moved", DIGEST).label()).isEqualTo("moved");
  }

  @Test
  void wrongDigestIsRefused() throws IOException {
    Digest other = Digest.sha256(new byte[1]);
    assertThatThrownBy(() -> fetch("/disk", other))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining(DIGEST.toString())
        .hasMessageContaining(other.toString());
    assertNothingLeft();
  }

  @Test
  void missingFileIsTold() throws IOException {
    assertThatThrownBy(() -> fetch("/gone", DIGEST))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining("answered 404");
    assertNothingLeft();
  }

  @Test
  void truncatedTransferIsRefused() throws IOException {
    serve("/half", UrlSourceTest::sendHalf);
    assertThatThrownBy(() -> fetch("/half", DIGEST))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining("broke off after")
        .hasMessageContaining("of " + DISK.length);
    assertNothingLeft();
  }

  @Test
  void stalledTransferIsGivenUp() throws IOException {
    serve(
        "/stall",
        exchange -> {
          sendHalf(exchange);
          awaitTestEnd();
        });
    assertThatThrownBy(() -> fetch("/stall", DIGEST))
        .isInstanceOf(DeadlineExceeded.class)
        .hasMessageContaining("waiting");
    assertNothingLeft();
  }

  @Test
  void interruptEndsTheTransfer() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    serve(
        "/endless",
        exchange -> {
          sendHalf(exchange);
          begun.countDown();
          awaitTestEnd();
        });
    List<Throwable> thrown = new ArrayList<>();
    Thread fetcher =
        new Thread(
            () ->
                new UrlSource(address("/endless"), DIGEST, Download.Limits.USUAL)
                    .obtain(store, Progress.none()));
    fetcher.setUncaughtExceptionHandler((thread, error) -> thrown.add(error));
    fetcher.start();
    begun.await();
    fetcher.interrupt();
    fetcher.join();
    assertThat(thrown).singleElement().isInstanceOf(OperationInterrupted.class);
    assertNothingLeft();
  }

  private void awaitTestEnd() {
    try {
      testEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void unreachableServerIsTold() throws IOException {
    int port = server.getAddress().getPort();
    server.stop(0);
    assertThatThrownBy(() -> fetch("/disk", DIGEST))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining("could not be reached")
        .hasMessageContaining(Integer.toString(port));
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/x", "file:///x", "x", "http:///x"})
  void otherAddressIsRefused(String address) {
    assertThatThrownBy(() -> ImageSource.url(URI.create(address), DIGEST))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("http");
  }

  @Test
  void passwordAndQueryAreNotShown() {
    URI secret = URI.create("http://bob:hunter2@127.0.0.1:1/disk?token=hunter2");
    ImageSource source = ImageSource.url(secret, DIGEST);
    assertThat(source.toString()).doesNotContain("hunter2");
    assertThatThrownBy(() -> source.obtain(store, Progress.none()))
        .isInstanceOf(ImageRejected.class)
        .hasMessageNotContaining("hunter2");
  }
}
