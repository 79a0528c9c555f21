package io.vmkit.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.Vm;
import io.vmkit.Vmkit;
import io.vmkit.driver.DomainState;
import io.vmkit.error.DriverUnavailable;
import io.vmkit.guest.Ready;
import io.vmkit.process.HostProcess;
import io.vmkit.spec.Lifetime;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One state directory, several JVMs: some end well, some are killed, some are at it at once. */
@Timeout(180)
class OtherJvmIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** About as long as a machine takes from the plan to its running processors, and half as much. */
  private static final int LATEST_KILL_MILLIS = 600;

  private TestState state;

  @BeforeEach
  void make() {
    state = TestState.make();
  }

  @AfterEach
  void close() {
    state.close();
  }

  @Test
  void aPersistentMachineOutlivesItsJvmAndIsFoundByTheNext() throws Exception {
    try (OtherJvm other = OtherJvm.doing("persist", state.root())) {
      assertThat(other.says()).isEqualTo("started");
      other.awaitExit();
    }
    Vmkit vmkit = state.open();
    Vm vm = vmkit.vm("stays");
    assertThat(vm.state()).isEqualTo(DomainState.RUNNING);
    vm.await(Ready.all(Ready.agent(), Ready.consoleLine("tiny guest ready")).within(SOON));
    assertThat(vm.agent().run("hostname").stdout()).isEqualTo("stays\n");
    vm.shutdown(SOON);
    vm.start().await(Ready.agent());
    vm.delete();
    assertThat(vmkit.list()).isEmpty();
  }

  @Test
  void aMachineThatAnotherJvmHoldsIsSeenButNotEntered() throws Exception {
    try (OtherJvm other = OtherJvm.doing("bind", state.root())) {
      assertThat(other.says()).isEqualTo("started");
      Vm vm = state.open().vm("bound");
      assertThat(vm.state()).isEqualTo(DomainState.RUNNING);
      assertThatThrownBy(vm::guest)
          .isInstanceOf(DriverUnavailable.class)
          .hasMessageContaining("one process in at a time");
      vm.delete();
      assertThat(state.qemus()).isEmpty();
    }
  }

  @Test
  void aBoundMachineWhoseJvmWasKilledIsClearedByTheNext() throws Exception {
    try (OtherJvm other = OtherJvm.doing("bind", state.root())) {
      assertThat(other.says()).isEqualTo("started");
      Vmkit meanwhile = state.open();
      assertThat(meanwhile.list()).as("while its JVM lives").hasSize(1);
      assertThat(state.qemus()).hasSize(1);
    }
    assertThat(state.qemus()).as("before anyone looked").hasSize(1);
    assertThat(state.open().list()).isEmpty();
    assertThat(state.machineFiles()).isEmpty();
    assertThat(state.qemus()).isEmpty();
  }

  @RepeatedTest(8)
  void aJvmThatIsKilledAtAnyMomentLeavesNothingToTheNext(RepetitionInfo repetition)
      throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    try (OtherJvm other = OtherJvm.doing("churn", state.root())) {
      assertThat(other.says()).isEqualTo("going");
      other.killAfter(random.nextInt(LATEST_KILL_MILLIS));
    }
    Vmkit vmkit = state.open();
    assertThat(vmkit.list()).isEmpty();
    assertThat(state.machineFiles()).isEmpty();
    // One whose start had only begun ends by itself: its directory is gone.
    assertThat(state.qemus()).allMatch(qemu -> qemu.awaitEnd(SOON));
    vmkit.create(TestState.tiny("churn").build());
  }

  @Test
  void aQemuWhoseStarterWasKilledBeforeItCouldTellIsEndedBeforeTheNextStart() throws Exception {
    Vmkit vmkit = state.open();
    Vm vm = vmkit.start(TestState.tiny("stray").lifetime(Lifetime.PERSISTENT).build());
    HostProcess stray = state.qemus().get(0);
    vmkit.close();
    Files.delete(state.root().resolve("vms/stray/run.json"));
    Vmkit next = state.open();
    assertThat(stray.isAlive()).isFalse();
    assertThat(next.vm("stray").state()).isEqualTo(DomainState.STOPPED);
    next.vm("stray").start().await(Ready.agent());
    assertThat(state.qemus()).hasSize(1);
    next.vm("stray").delete();
    assertThat(vm.name()).isEqualTo("stray");
  }

  @Test
  void aDamagedMachineKeepsNobodyFromTheOthers() throws Exception {
    Vmkit first = state.open();
    first.create(TestState.tiny("damaged").lifetime(Lifetime.PERSISTENT).build());
    first.create(TestState.tiny("whole").lifetime(Lifetime.PERSISTENT).build());
    String record = Files.readString(state.root().resolve("vms/damaged/vm.json"));
    Files.writeString(state.root().resolve("vms/damaged/vm.json"), "{");
    Vmkit vmkit = state.open();
    assertThat(vmkit.list()).extracting(Vm::name).containsExactly("whole");
    assertThat(state.machineFiles()).contains("vms/damaged/vm.json");
    Files.writeString(state.root().resolve("vms/damaged/vm.json"), record);
    vmkit.list().forEach(Vm::delete);
  }

  @Test
  void ofAllWhoMakeTheSameNameAtOnceExactlyOneDoes() throws Exception {
    Vmkit vmkit = state.open();
    try (OtherJvm second = OtherJvm.doing("race", state.root());
        OtherJvm third = OtherJvm.doing("race", state.root())) {
      assertThat(second.says()).isEqualTo("ready");
      assertThat(third.says()).isEqualTo("ready");
      second.tell("go");
      third.tell("go");
      List<CompletableFuture<Boolean>> here =
          Stream.generate(
                  () -> CompletableFuture.supplyAsync(() -> OtherJvm.madeOne(vmkit, "race")))
              .limit(3)
              .toList();
      List<String> outcomes =
          Stream.concat(
                  Stream.of(second.says(), third.says()),
                  here.stream().map(made -> made.join() ? "made" : "taken"))
              .toList();
      assertThat(outcomes).containsOnly("made", "taken").containsOnlyOnce("made");
    }
    assertThat(vmkit.list()).hasSize(1);
    vmkit.vm("race").delete();
  }

  /** On a file system of its own that is too small, mounted where only that JVM sees it. */
  @Test
  void aDiskThatFillsUpIsToldAndWhatWasMadeGoes() throws Exception {
    List<String> onSmallDisk =
        List.of(
            "unshare",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o size=512k none \"$0\" && exec \"$@\"",
            state.root().toString());
    try (OtherJvm other = OtherJvm.doing(onSmallDisk, "overfill", state.root())) {
      assertThat(other.says())
          .as("needs user namespaces: sysctl -w kernel.unprivileged_userns_clone=1")
          .contains("the disk is full")
          .contains("free some space");
      assertThat(other.says()).isEqualTo("left [][]");
    }
  }
}
