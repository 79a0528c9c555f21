package io.vmkit.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.MachineFailed;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.Unsupported;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadyTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  /** As the kernel prints it: port 0x1F90 is 8080; the second line is an open connection. */
  private static final String TCP =
      """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
         0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0
         1: 0F02000A:0016 0202000A:A3F2 01 00000000:00000000 02:000A7214 00000000     0
      """;

  private FakeGuest fake;
  private Guest guest;

  @BeforeEach
  void makeGuest() throws IOException {
    fake = new FakeGuest();
    guest = Guest.over(fake);
  }

  @AfterEach
  void close() {
    guest.close();
    fake.close();
  }

  private CompletableFuture<Void> waiting(Ready condition) {
    return CompletableFuture.runAsync(() -> guest.await(condition));
  }

  @Test
  void theAgentIsReadyWhenItsConnectionIsSignalled() throws Exception {
    CompletableFuture<Void> wait = waiting(Ready.agent());
    assertThat(wait).isNotDone();
    fake.connectAgent();
    wait.get(10, TimeUnit.SECONDS);
    assertThat(guest.timeline().marks())
        .extracting(BootTimeline.Mark::name)
        .contains("agent connected", "agent ready");
  }

  @Test
  void aConsoleLineIsSeenWhetherItCameBeforeOrAfter() throws Exception {
    guest.await(Ready.consoleLine("^before$"));
    CompletableFuture<Void> wait = waiting(Ready.consoleLine("login:"));
    fake.print("\u001b[0;32mhost login: ok\u001b[0m\r\n");
    wait.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aFileAndAPortAreSeenThroughTheAgent() throws Exception {
    fake.connectAgent();
    CompletableFuture<Void> wait = waiting(Ready.all(Ready.file("/run/up"), Ready.port(8080)));
    fake.files.put("/run/up", "");
    fake.files.put("/proc/net/tcp", TCP);
    wait.get(10, TimeUnit.SECONDS);
  }

  @Test
  void anOpenConnectionIsNoListener() {
    fake.connectAgent();
    fake.files.put("/proc/net/tcp", TCP);
    assertThatThrownBy(() -> guest.await(Ready.port(22).within(SHORT)))
        .isInstanceOf(DeadlineExceeded.class)
        .hasMessageContaining("nothing listens on it");
  }

  @Test
  void aTimeOutSaysWhatEachConditionSawLastAndWhatTheConsoleSaid() {
    assertThatThrownBy(
            () -> guest.await(Ready.all(Ready.agent(), Ready.consoleLine("never")).within(SHORT)))
        .isInstanceOf(DeadlineExceeded.class)
        .hasMessageContaining("wait for (agent and console line /never/) in vm fake")
        .hasMessageContaining("agent: not yet; last seen: no guest agent has connected")
        .hasMessageContaining("console line /never/: not yet; last seen: 'before'")
        .hasMessageContaining("serial console:");
  }

  @Test
  void oneOfSeveralIsEnoughAndItsOwnTimeCounts() {
    guest.await(Ready.any(Ready.agent().within(SHORT), Ready.consoleLine("before")));
    assertThatThrownBy(
            () ->
                guest.await(Ready.any(Ready.agent().within(SHORT), Ready.file("/x").within(SHORT))))
        .isInstanceOf(DeadlineExceeded.class);
  }

  @Test
  void aMachineThatDiesEndsTheWaitAtOnce() {
    CompletableFuture<Void> wait = waiting(Ready.agent());
    while (!wait.isDone()) { // The signal may come before the wait listens.
      fake.signals.publish(GuestSignal.GONE);
      Thread.onSpinWait();
    }
    assertThatThrownBy(wait::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(MachineFailed.class)
        .hasMessageContaining("lost its power");
  }

  @Test
  void anInterruptEndsTheWait() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> guest.await(Ready.agent())).isInstanceOf(OperationInterrupted.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void cloudInitThatFailedOrDisabledItselfIsToldAtOnce() {
    fake.connectAgent();
    fake.files.put("/run/cloud-init/disabled", "");
    assertThatThrownBy(() -> guest.await(Ready.cloudInit()))
        .isInstanceOf(MachineFailed.class)
        .hasMessageContaining("it found no seed");
    fake.files.put(
        "/run/cloud-init/result.json", "{\"v1\":{\"datasource\":\"X\",\"errors\":[\"boom\"]}}");
    assertThatThrownBy(() -> guest.await(Ready.cloudInit()))
        .isInstanceOf(MachineFailed.class)
        .hasMessageContaining("boom");
  }

  @Test
  void cloudInitWithRecoverableErrorsIsReady() throws Exception {
    fake.connectAgent();
    fake.files.put("/run/cloud-init/result.json", "{\"v1\":{\"errors\":[]}}");
    guest.await(Ready.cloudInit());
    CloudInitStatus status =
        CloudInitStatus.parse(
            "{\"v1\":{\"datasource\":\"NoCloud\",\"errors\":[]}}",
            "{\"v1\":{\"stage\":null,\"init\":{\"recoverable_errors\":{\"WARNING\":[\"old"
                + " key\"]}}}}");
    assertThat(status.outcome()).isEqualTo(CloudInitStatus.Outcome.DEGRADED);
    assertThat(status.recoverableErrors()).containsExactly("old key");
  }

  @Test
  void anHttpServerIsReadyWhenItAnswersWell() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      fake.forwardedPort = server.getAddress().getPort();
      guest.await(Ready.http(80, "/health"));
      assertThatThrownBy(() -> guest.await(Ready.http(80, "/other").within(SHORT)))
          .isInstanceOf(DeadlineExceeded.class)
          .hasMessageContaining("status 404");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatCanNeverHoldFailsAtOnce() {
    assertThatThrownBy(() -> guest.await(Ready.http(80, "/")))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("not forwarded");
    assertThatThrownBy(() -> guest.await(Ready.ssh())).isInstanceOf(Unsupported.class);
    assertThatThrownBy(() -> Ready.port(0)).isInstanceOf(InvalidSpec.class);
    assertThatThrownBy(() -> Ready.http(80, "x")).isInstanceOf(InvalidSpec.class);
    assertThatThrownBy(() -> Ready.all()).isInstanceOf(InvalidSpec.class);
    assertThatThrownBy(() -> Ready.agent().within(Duration.ZERO)).isInstanceOf(InvalidSpec.class);
  }

  @Test
  void noThreadOutlivesItsWait() throws Exception {
    assertThatThrownBy(() -> guest.await(Ready.all(Ready.agent(), Ready.file("/x")).within(SHORT)))
        .isInstanceOf(DeadlineExceeded.class);
    List<Thread> waiting =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("vmkit-await"))
            .toList();
    for (Thread thread : waiting) {
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }
}
