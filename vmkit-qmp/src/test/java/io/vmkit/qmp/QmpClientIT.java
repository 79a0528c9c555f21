package io.vmkit.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.DriverUnavailable;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.qmp.session.EventQueue;
import io.vmkit.qmp.session.PendingReply;
import io.vmkit.qmp.session.SessionState;
import io.vmkit.qmp.session.UnixTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real QEMU, whose machine has nothing in it. */
@Timeout(120)
class QmpClientIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path dir;
  private Path socket;
  private HostProgram qemu;
  private QmpClient client;

  @BeforeEach
  void startQemu() {
    socket = dir.resolve("qmp.sock");
    qemu =
        HostProgram.start(
            "qemu-system-x86_64",
            "apt-get install qemu-system-x86",
            "-M",
            "none",
            "-nodefaults",
            "-no-user-config",
            "-display",
            "none",
            "-chardev",
            "null,id=nothing",
            "-qmp",
            "unix:" + socket + ",server=on,wait=off");
    client = QmpClient.over(UnixTransport.connectWhenUp(socket, SOON, qemu::isAlive), SOON);
  }

  @AfterEach
  void endQemu() {
    client.close();
    qemu.close();
  }

  @Test
  void qemuSaysWhatItIsAndHowItIs() {
    assertThat(client.version().isAtLeast(5, 0)).isTrue();
    assertThat(client.state()).isEqualTo(SessionState.RUNNING);
    assertThat(client.queryStatus()).isEqualTo(new QmpStatus(RunState.RUNNING, true, "running"));
    assertThat(client.queryChardev()).extracting(Chardev::label).contains("nothing");
    assertThat(client.humanMonitor("info version")).contains(".");
  }

  @Test
  void stopAndContShowInStatusAndEvents() {
    try (EventQueue events = client.subscribe("STOP", "RESUME")) {
      client.stop();
      assertThat(events.next(SOON).name()).isEqualTo("STOP");
      assertThat(client.queryStatus().state()).isEqualTo(RunState.PAUSED);
      client.cont();
      assertThat(events.next(SOON).name()).isEqualTo("RESUME");
      assertThat(client.queryStatus().running()).isTrue();
    }
  }

  @Test
  void resetAndPowerButtonAreTaken() {
    client.systemReset();
    client.systemPowerdown();
    assertThat(client.queryStatus().running()).isTrue();
  }

  @Test
  void aRefusalIsQemusOwn() {
    assertThatExceptionOfType(PeerRefused.class)
        .isThrownBy(() -> client.execute("no-such-command", Map.of()))
        .satisfies(e -> assertThat(e.kind()).isEqualTo("CommandNotFound"))
        .withMessageContaining("query-commands");
    assertThatThrownBy(() -> client.execute("device_del", Map.of("id", "none")))
        .isInstanceOf(PeerRefused.class);
    assertThatThrownBy(() -> client.screendump(Path.of("relative.png")))
        .isInstanceOf(InvalidSpec.class);
  }

  @Test
  void outOfBandAndTheLongestRepliesWork() {
    PendingReply reply = client.submitOutOfBand("migrate-pause", Map.of());
    assertThatThrownBy(() -> reply.await(SOON)).isInstanceOf(PeerRefused.class);
    assertThat(client.execute("query-qmp-schema", Map.of())).hasSizeGreaterThan(500);
  }

  @Test
  void tenThousandCommandsMayBeUnderWay() {
    List<PendingReply> replies = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      replies.add(client.submit("query-status", Map.of()));
    }
    assertThat(replies)
        .allSatisfy(reply -> assertThat(reply.await(SOON).path("running").asBoolean()).isTrue());
  }

  @Test
  void aSecondClientIsNotServedAndSaysSo() {
    assertThatThrownBy(() -> QmpClient.connect(socket, Duration.ofMillis(100)))
        .isInstanceOf(DeadlineExceeded.class)
        .hasMessageContaining("one at a time");
    assertThat(client.queryStatus().running()).isTrue();
  }

  @Test
  void closingWakesWaitersAndLeavesQemuToTheNextClient() {
    EventQueue events = client.subscribe(event -> true);
    CompletableFuture<?> waits = CompletableFuture.runAsync(() -> events.next(SOON));
    client.close();
    assertThatThrownBy(waits::join).hasCauseInstanceOf(ProtocolFailure.class);
    try (QmpClient next = QmpClient.connect(socket, SOON)) {
      assertThat(next.queryStatus().running()).isTrue();
    }
  }

  @Test
  void theDeathOfQemuWakesWaiters() throws Exception {
    EventQueue events = client.subscribe("SHUTDOWN");
    CompletableFuture<?> waits = CompletableFuture.runAsync(() -> events.next(SOON));
    qemu.kill();
    assertThatThrownBy(waits::join).hasCauseInstanceOf(ProtocolFailure.class);
    assertThatThrownBy(client::queryStatus).isInstanceOf(ProtocolFailure.class);
    qemu.exitCode();
    assertThatThrownBy(() -> QmpClient.connect(socket, SOON)).isInstanceOf(DriverUnavailable.class);
  }

  @Test
  void quitEndsQemuAndTellsWhoAsked() throws Exception {
    try (EventQueue events = client.subscribe("SHUTDOWN")) {
      client.quit();
      assertThat(events.next(SOON).data().path("reason").asText()).isEqualTo("host-qmp-quit");
    }
    assertThat(qemu.exitCode()).isZero();
  }
}
