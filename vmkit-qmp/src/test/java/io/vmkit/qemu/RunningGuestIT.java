package io.vmkit.qemu;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.Vm;
import io.vmkit.Vmkit;
import io.vmkit.driver.DomainInfo;
import io.vmkit.driver.DomainState;
import io.vmkit.error.AlreadyExists;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.IllegalVmState;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.NotFound;
import io.vmkit.error.Unsupported;
import io.vmkit.event.Subscription;
import io.vmkit.guest.BootTimeline;
import io.vmkit.guest.ConsoleLine;
import io.vmkit.guest.GuestResult;
import io.vmkit.guest.Ready;
import io.vmkit.network.PortForward;
import io.vmkit.spec.DomainSpec;
import io.vmkit.spec.NicSpec;
import io.vmkit.value.MemorySize;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be asked of one running machine and its guest. All tests share the machine. */
@Timeout(180)
class RunningGuestIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration BRIEFLY = Duration.ofMillis(300);
  private static final int HTTP = 8080;

  private static TestState state;
  private static Vmkit vmkit;
  private static DomainSpec spec;
  private static Vm vm;

  @BeforeAll
  static void boot() {
    state = TestState.make();
    vmkit = state.open();
    spec =
        TestState.tiny("shared")
            .cpus(2)
            .nics(NicSpec.user().forward(PortForward.toGuest(HTTP)))
            .build();
    vm = vmkit.start(spec).await(Ready.agent());
  }

  @AfterAll
  static void end() {
    state.close();
  }

  private static GuestResult sh(String script) {
    return vm.agent().run("sh", "-c", script).orThrow();
  }

  @Test
  void itIsSeenAsItIs() {
    DomainInfo info = vm.inspect();
    assertThat(info.state()).isEqualTo(DomainState.RUNNING);
    assertThat(info.memory()).isEqualTo(MemorySize.mib(256));
    assertThat(info.cpus()).isEqualTo(2);
    assertThat(info.pid()).hasValue(state.qemus().get(0).pid());
    assertThat(info.properties()).containsEntry("image", "tiny").containsKey("accelerator");
    assertThat(vmkit.list()).extracting(Vm::name).containsExactly("shared");
    assertThat(vmkit.vm("shared").ref()).isEqualTo(vm.ref());
    assertThat(vmkit.find("other")).isEmpty();
    assertThatThrownBy(() -> vmkit.vm("other")).isInstanceOf(NotFound.class);
  }

  @Test
  void theAgentRunsProgramsInAGuestOfThatShape() {
    assertThat(sh("hostname").stdout().strip()).isEqualTo("shared");
    assertThat(sh("nproc").stdout().strip()).isEqualTo("2");
    assertThat(vm.agent().run("sh", "-c", "echo no >&2; exit 3"))
        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(3))
        .satisfies(result -> assertThat(result.stderr()).isEqualTo("no\n"));
    vm.agent().writeFile("/tmp/note", "kept".getBytes(UTF_8), 0600);
    assertThat(vm.agent().readFile("/tmp/note")).asString(UTF_8).isEqualTo("kept");
  }

  @Test
  void theConsoleKnowsThePastAndTellsWhatComes() {
    String ready = "vmkit: tiny guest ready";
    assertThat(vm.console().history()).extracting(ConsoleLine::text).contains(ready);
    try (Subscription<ConsoleLine> lines =
        vm.console().lines(line -> line.text().endsWith("live-1") || line.text().equals(ready))) {
      assertThat(lines.next(SOON)).get().extracting(ConsoleLine::text).isEqualTo(ready);
      sh("echo live-1 >/dev/console"); // Behind the prompt of the console's shell.
      assertThat(lines.next(SOON)).get().extracting(ConsoleLine::text).asString().contains("live");
    }
  }

  @Test
  void whatIsTypedOnTheConsoleReachesItsShell() {
    vm.console().type("echo typed-$((40+2))\n");
    vm.await(Ready.consoleLine("^typed-42$").within(SOON));
    assertThat(vm.console().tail(5)).anyMatch(line -> line.contains("typed-42"));
  }

  @Test
  void aFileIsSeenWhenItAppears() {
    assertThatThrownBy(() -> vm.await(Ready.file("/tmp/flag").within(BRIEFLY)))
        .isInstanceOf(DeadlineExceeded.class);
    sh("touch /tmp/flag");
    vm.await(Ready.file("/tmp/flag").within(SOON));
  }

  @Test
  void aPortIsReadyOnlyOnceTheGuestListens() {
    assertThatThrownBy(() -> vm.await(Ready.port(7777).within(BRIEFLY)))
        .isInstanceOf(DeadlineExceeded.class)
        .hasMessageContaining("nothing listens on it");
    sh("nc -l -p 7777 </dev/null >/dev/null 2>&1 &");
    vm.await(Ready.port(7777).within(SOON));
  }

  @Test
  void httpIsReadyOnceTheServerAnswersWell() {
    sh("mkdir -p /tmp/www && echo hello >/tmp/www/hello && httpd -p " + HTTP + " -h /tmp/www");
    vm.await(Ready.http(HTTP, "/hello").within(SOON));
    assertThatThrownBy(() -> vm.await(Ready.http(HTTP, "/nothing").within(Duration.ofSeconds(2))))
        .isInstanceOf(DeadlineExceeded.class)
        .hasMessageContaining("status 404");
    assertThatThrownBy(() -> vm.await(Ready.http(81, "/").within(SOON)))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("port 81 of the guest is not forwarded");
  }

  @Test
  void allNeedsEveryPartAndAnyNeedsOne() {
    Ready never = Ready.file("/never").within(BRIEFLY);
    vm.await(Ready.any(never, Ready.agent()));
    vm.await(Ready.all(Ready.agent(), Ready.consoleLine("tiny guest ready")));
    assertThatThrownBy(() -> vm.await(Ready.all(Ready.agent(), never)))
        .isInstanceOf(DeadlineExceeded.class);
    assertThatThrownBy(() -> vm.await(Ready.any(never, Ready.port(1).within(BRIEFLY))))
        .isInstanceOf(DeadlineExceeded.class);
  }

  @Test
  void aWaitThatEndsInVainSaysWhatEachConditionSawLast() {
    Ready wait =
        Ready.all(Ready.agent(), Ready.file("/never"), Ready.consoleLine("never"))
            .within(Duration.ofSeconds(2));
    assertThatExceptionOfType(DeadlineExceeded.class)
        .isThrownBy(() -> vm.await(wait))
        .satisfies(
            late -> {
              assertThat(late.attempted()).contains("/never").contains("vm shared");
              assertThat(late.evidence().bySource().get("conditions"))
                  .contains("agent: held after")
                  .contains("file /never: not yet; last seen: it cannot be opened")
                  .contains("console line /never/: not yet; last seen: '");
              assertThat(late.evidence().bySource().get("serial console"))
                  .contains("vmkit: tiny guest ready");
            });
  }

  @Test
  void theTimelineIsInOrderAndNamesWhatWasAwaited() {
    BootTimeline timeline = vm.timeline();
    assertThat(timeline.marks()).extracting(BootTimeline.Mark::name).contains("agent ready");
    assertThat(timeline.marks()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    assertThat(timeline.marks()).allMatch(mark -> !timeline.sinceStart(mark).isNegative());
  }

  @Test
  void aSecondStartIsRefused() {
    assertThatExceptionOfType(IllegalVmState.class)
        .isThrownBy(vm::start)
        .satisfies(refused -> assertThat(refused.actual()).isEqualTo("running"));
    assertThat(vm.state()).isEqualTo(DomainState.RUNNING);
  }

  @Test
  void aNameThatIsTakenLeavesTheOneWhoHasIt() {
    assertThatThrownBy(() -> vmkit.create(spec)).isInstanceOf(AlreadyExists.class);
    assertThatThrownBy(() -> vmkit.start(spec)).isInstanceOf(AlreadyExists.class);
    assertThat(vm.state()).isEqualTo(DomainState.RUNNING);
    assertThat(sh("echo here").stdout()).isEqualTo("here\n");
  }

  @Test
  void sshIsNotOfferedWithoutASeed() {
    assertThatThrownBy(vm::ssh).isInstanceOf(Unsupported.class).hasMessageContaining("seed");
    assertThatThrownBy(vm::sshConfig).isInstanceOf(Unsupported.class);
  }
}
