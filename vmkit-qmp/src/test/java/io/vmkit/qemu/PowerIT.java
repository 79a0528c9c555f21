package io.vmkit.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.Vm;
import io.vmkit.Vmkit;
import io.vmkit.driver.DomainEvent;
import io.vmkit.driver.DomainEvent.Kind;
import io.vmkit.driver.DomainState;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.IllegalVmState;
import io.vmkit.error.MachineFailed;
import io.vmkit.error.NotFound;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.event.Subscription;
import io.vmkit.guest.ConsoleLine;
import io.vmkit.guest.Ready;
import io.vmkit.image.Image;
import io.vmkit.image.KernelBoot;
import io.vmkit.spec.DiskSpec;
import io.vmkit.spec.DomainSpec;
import io.vmkit.spec.Lifetime;
import io.vmkit.value.Architecture;
import io.vmkit.value.MemorySize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Power given, taken and lost, each way on a machine of its own. */
@Timeout(180)
class PowerIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Set<Kind> MILESTONES =
      EnumSet.of(Kind.STARTED, Kind.AGENT_CONNECTED, Kind.SHUTDOWN_REQUESTED, Kind.STOPPED);

  private TestState state;
  private Vmkit vmkit;

  @BeforeEach
  void open() {
    state = TestState.make();
    vmkit = state.open();
  }

  @AfterEach
  void close() {
    state.close();
  }

  private Vm booted(String name) {
    return vmkit.start(TestState.tiny(name).build()).await(Ready.agent());
  }

  private static List<Kind> untilStopped(Subscription<DomainEvent> events) {
    List<Kind> kinds = new ArrayList<>();
    while (!kinds.contains(Kind.STOPPED)) {
      Optional<DomainEvent> event = events.next(SOON);
      assertThat(event).as("an event after " + kinds).isPresent();
      kinds.add(event.get().kind());
    }
    return kinds;
  }

  @Test
  void eventsTellOfALifeInOrder() {
    Vm vm = vmkit.create(TestState.tiny("events").build());
    assertThat(vm.state()).isEqualTo(DomainState.STOPPED);
    try (Subscription<DomainEvent> events =
        vmkit.driver().events(event -> MILESTONES.contains(event.kind()))) {
      vm.start().await(Ready.agent()).shutdown(SOON);
      assertThat(untilStopped(events))
          .containsExactly(
              Kind.STARTED, Kind.AGENT_CONNECTED, Kind.SHUTDOWN_REQUESTED, Kind.STOPPED);
    }
    assertThat(vm.state()).isEqualTo(DomainState.STOPPED);
    assertThat(vm.inspect().pid()).isEmpty();
    assertThat(state.qemus()).isEmpty();
    vm.shutdown(SOON);
    vm.stop();
  }

  @Test
  void aDiskKeepsItsDataAndTheConsoleBeginsAnew() {
    Vm vm = vmkit.start(TestState.tiny("disk").disk(DiskSpec.blank(MemorySize.mib(8))).build());
    vm.await(Ready.agent());
    String write = "printf precious | dd of=/dev/vda bs=512 seek=7 conv=sync,fsync";
    vm.agent().run("sh", "-c", write).orThrow();
    vm.shutdown(SOON);
    vm.start().await(Ready.all(Ready.consoleLine("tiny guest ready"), Ready.agent()));
    String read = "dd if=/dev/vda bs=512 skip=7 count=1 | head -c 8";
    assertThat(vm.agent().run("sh", "-c", read).orThrow().stdout()).isEqualTo("precious");
    assertThat(vm.console().history())
        .extracting(ConsoleLine::text)
        .containsOnlyOnce("vmkit: tiny guest ready");
    assertThat(state.layout().vm(TestState.tiny("disk").build().name()).oldSerialLog())
        .content()
        .contains("vmkit: tiny guest ready");
  }

  @Test
  void commasInPathsSeparateNothing() throws IOException {
    Path directory = Files.createDirectory(state.root().resolve("a,b"));
    KernelBoot boot = TestState.tinyImage().kernelBoot().orElseThrow();
    KernelBoot linked =
        new KernelBoot(
            Files.createSymbolicLink(directory.resolve("kernel,1"), boot.kernel()),
            Files.createSymbolicLink(directory.resolve("initrd,1"), boot.initrd()),
            boot.commandLine());
    Image image =
        new Image("commas", "key", Architecture.X86_64, Optional.empty(), Optional.of(linked));
    DomainSpec spec =
        TestState.tiny("commas").image(image).disk(DiskSpec.blank(MemorySize.mib(1))).build();
    try (Vmkit odd = Vmkit.over(QemuDriver.in(directory))) {
      odd.start(spec).await(Ready.all(Ready.agent(), Ready.file("/dev/vda")));
    }
  }

  @Test
  void aHardStopIsAtOnceAndMayBeRepeated() {
    Vm vm = booted("stopped");
    vm.stop();
    assertThat(state.qemus()).isEmpty();
    assertThat(vm.state()).isEqualTo(DomainState.STOPPED);
    vm.stop();
    assertThatThrownBy(vm::guest)
        .isInstanceOf(IllegalVmState.class)
        .hasMessageContaining("start()");
    vm.start().await(Ready.agent());
  }

  @Test
  void aGuestThatTurnsItselfOffIsNoticedByAllWhoWait() {
    Vm vm = booted("self-off");
    try (Subscription<DomainEvent> events = vm.events()) {
      List<CompletableFuture<Vm>> waits =
          List.of(
              CompletableFuture.supplyAsync(() -> vm.await(Ready.file("/never"))),
              CompletableFuture.supplyAsync(() -> vm.await(Ready.consoleLine("never"))));
      vm.console().type("poweroff\n");
      assertThat(untilStopped(events)).doesNotContain(Kind.SHUTDOWN_REQUESTED);
      for (CompletableFuture<Vm> wait : waits) {
        assertThatThrownBy(wait::join)
            .isInstanceOf(CompletionException.class)
            .hasCauseInstanceOf(MachineFailed.class);
      }
    }
    assertThat(vm.state()).isEqualTo(DomainState.STOPPED);
    assertThat(state.machineFiles()).doesNotContain("vms/self-off/run.json");
  }

  @Test
  void aKilledQemuIsNoticedAndTheMachineStartsAgain() {
    Vm vm = booted("killed");
    try (Subscription<DomainEvent> events = vm.events()) {
      state.qemus().forEach(qemu -> qemu.kill());
      untilStopped(events);
    }
    assertThat(vm.state()).isEqualTo(DomainState.STOPPED);
    assertThatThrownBy(() -> vm.agent().run("true"))
        .isInstanceOf(IllegalVmState.class)
        .hasMessageContaining("stopped, not running");
    vm.start().await(Ready.agent());
    assertThat(vm.agent().run("hostname").stdout().strip()).isEqualTo("killed");
  }

  @Test
  void aFrozenQemuCostsNoCallMoreThanItsDeadlineAndCanBeStopped() throws Exception {
    Vm vm = booted("frozen");
    freeze(vm);
    CompletableFuture<?> inspect = CompletableFuture.runAsync(vm::inspect);
    assertThatThrownBy(() -> vm.guest().agentCommands().ping(Duration.ofSeconds(1)))
        .isInstanceOf(DeadlineExceeded.class);
    assertThatThrownBy(() -> vm.await(Ready.file("/x").within(Duration.ofSeconds(1))))
        .isInstanceOf(DeadlineExceeded.class);
    assertThatThrownBy(inspect::join).hasCauseInstanceOf(DeadlineExceeded.class);
    vm.stop();
    assertThat(vm.state()).isEqualTo(DomainState.STOPPED);
  }

  private static void freeze(Vm vm) throws IOException, InterruptedException {
    String pid = Long.toString(vm.inspect().pid().getAsLong());
    assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
  }

  @Test
  void aGuestThatIgnoresTheRequestToShutDownStillRuns() {
    Vm vm = booted("deaf");
    vm.agent().run("sh", "-c", "echo true >/etc/acpi/PWRF/00000080").orThrow();
    assertThatThrownBy(() -> vm.shutdown(Duration.ofSeconds(1)))
        .isInstanceOf(DeadlineExceeded.class)
        .hasMessageContaining("call stop()");
    assertThat(vm.state()).isEqualTo(DomainState.RUNNING);
  }

  @Test
  void aRunningMachineIsDeletedWithAllThatIsItsOwn() {
    Vm vm = vmkit.start(TestState.tiny("gone").lifetime(Lifetime.PERSISTENT).build());
    vm.delete();
    assertThat(state.qemus()).isEmpty();
    assertThat(state.machineFiles()).isEmpty();
    assertThat(vmkit.list()).isEmpty();
    assertThatThrownBy(vm::inspect).isInstanceOf(NotFound.class);
    assertThatThrownBy(vm::start).isInstanceOf(NotFound.class);
    assertThatThrownBy(vm::delete).isInstanceOf(NotFound.class);
  }

  @Test
  void aHandleNeverMeansTheMachineThatWasMadeLaterUnderItsName() {
    Vm first = vmkit.create(TestState.tiny("twice").build());
    first.delete();
    Vm second = vmkit.create(TestState.tiny("twice").build());
    assertThatThrownBy(first::start)
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("another was made under its name");
    assertThatThrownBy(first::stop).isInstanceOf(NotFound.class);
    assertThatThrownBy(first::delete).isInstanceOf(NotFound.class);
    first.close();
    assertThat(second.state()).isEqualTo(DomainState.STOPPED);
  }

  @RepeatedTest(6)
  void aStartThatIsInterruptedAtAnyMomentLeavesNothing(RepetitionInfo repetition)
      throws InterruptedException {
    long pause = (repetition.getCurrentRepetition() - 1) * 60L;
    CompletableFuture<Vm> started = new CompletableFuture<>();
    Thread starter =
        new Thread(
            () -> {
              try {
                started.complete(vmkit.start(TestState.tiny("interrupted").build()));
              } catch (RuntimeException e) {
                started.completeExceptionally(e);
              }
            });
    starter.start();
    starter.join(Math.max(1, pause));
    starter.interrupt();
    starter.join();
    if (started.isCompletedExceptionally()) {
      assertThatThrownBy(started::join).hasCauseInstanceOf(OperationInterrupted.class);
      assertThat(state.qemus()).isEmpty();
      assertThat(state.machineFiles()).isEmpty();
    } else {
      assertThat(started.join().state()).isEqualTo(DomainState.RUNNING);
    }
  }

  @Test
  void closingAHandleRemovesABoundMachineAndLeavesAPersistentOne() {
    vmkit.create(TestState.tiny("bound").build()).close();
    Vm kept = vmkit.create(TestState.tiny("kept").lifetime(Lifetime.PERSISTENT).build());
    kept.close();
    assertThat(vmkit.list()).extracting(Vm::name).containsExactly("kept");
    vmkit.vm("kept").delete();
  }
}
