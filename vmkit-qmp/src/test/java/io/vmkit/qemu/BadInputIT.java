package io.vmkit.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.Vm;
import io.vmkit.Vmkit;
import io.vmkit.driver.DomainRef;
import io.vmkit.driver.DomainState;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.DriverUnavailable;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.MachineFailed;
import io.vmkit.error.StorageFault;
import io.vmkit.host.AcceleratorProbe;
import io.vmkit.image.DiskFormat;
import io.vmkit.network.PortForward;
import io.vmkit.process.Command;
import io.vmkit.process.CommandRunner;
import io.vmkit.qemu.machine.MachineStore;
import io.vmkit.spec.DiskSpec;
import io.vmkit.spec.DomainSpec;
import io.vmkit.spec.Firmware;
import io.vmkit.spec.NicSpec;
import io.vmkit.state.StateDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a spec or with the host is told, and nothing is left of the attempt. */
@Timeout(120)
class BadInputIT {
  @TempDir private Path elsewhere;
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

  private Path disk(String name) throws IOException {
    return Files.write(elsewhere.resolve(name), new byte[1 << 16]);
  }

  private static DomainSpec with(String name, Path disk) {
    return TestState.tiny(name).disk(DiskSpec.existing(disk, DiskFormat.RAW)).build();
  }

  private void nothingIsLeft() {
    assertThat(state.machineFiles()).isEmpty();
    assertThat(state.qemus()).isEmpty();
    assertThat(vmkit.list()).isEmpty();
  }

  @Test
  void aDiskThatIsMissingIsNamedBeforeAnythingIsMade() {
    assertThatThrownBy(() -> vmkit.start(with("nodisk", elsewhere.resolve("no.raw"))))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("no.raw is missing");
    nothingIsLeft();
  }

  @Test
  void aDiskThatWentMissingIsNamedAtTheStart() throws IOException {
    Path disk = disk("later.raw");
    Vm vm = vmkit.create(with("lost", disk));
    Files.delete(disk);
    assertThatThrownBy(vm::start)
        .isInstanceOf(MachineFailed.class)
        .hasMessageContaining("later.raw")
        .hasMessageContaining("a file of the vm is missing");
    assertThat(vm.state()).isEqualTo(DomainState.STOPPED);
    disk("later.raw");
    vm.start().stop();
  }

  @Test
  void aDiskThatAnotherMachineWritesToIsRefused() throws IOException {
    Path disk = disk("shared.raw");
    vmkit.start(with("first", disk));
    assertThatThrownBy(() -> vmkit.start(with("second", disk)))
        .isInstanceOf(MachineFailed.class)
        .hasMessageContaining("another process uses the disk");
    assertThat(vmkit.list()).extracting(Vm::name).containsExactly("first");
  }

  @Test
  void aHostPortThatIsTakenIsNamedWithTheWayOut() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PortForward forward = PortForward.toGuest(80).fromHost(taken.getLocalPort());
      assertThatThrownBy(
              () ->
                  vmkit.start(TestState.tiny("port").nics(NicSpec.user().forward(forward)).build()))
          .isInstanceOf(MachineFailed.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("PortForward.toGuest");
    }
    nothingIsLeft();
  }

  @Test
  void firmwareForAnImageThatBringsItsKernelIsRefused() {
    assertThatThrownBy(() -> vmkit.plan(TestState.tiny("uefi").firmware(Firmware.UEFI).build()))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("brings its own kernel");
  }

  @Test
  void aSocketPathTooLongIsRefusedBeforeAnythingIsMade() {
    Path deep = state.root().resolve("d".repeat(100));
    try (Vmkit far = Vmkit.over(QemuDriver.in(deep))) {
      assertThatThrownBy(() -> far.start(TestState.tiny("deep").build()))
          .isInstanceOf(StorageFault.class)
          .hasMessageContaining("bytes, Linux takes 107")
          .hasMessageContaining("shorter");
      assertThat(deep.resolve("vms")).isEmptyDirectory();
    }
  }

  @Test
  void aFileInPlaceOfADirectoryIsNamed() throws IOException {
    Path file = disk("file");
    assertThatThrownBy(() -> QemuDriver.in(file))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining(file.toString());
    Path vms = Files.createDirectory(elsewhere.resolve("state")).resolve("vms");
    Files.createFile(vms);
    assertThatThrownBy(() -> QemuDriver.in(vms.getParent()))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining(vms.toString());
  }

  @Test
  void aDriverThatIsClosedMakesNothing() {
    Vm vm = vmkit.create(TestState.tiny("late").build());
    vmkit.close();
    assertThatThrownBy(() -> vmkit.create(TestState.tiny("later").build()))
        .isInstanceOf(DriverUnavailable.class)
        .hasMessageContaining("closed");
    assertThat(state.machineFiles()).as("bound to the driver: " + vm).isEmpty();
  }

  private Path script(String text) throws IOException {
    Path script = elsewhere.resolve("qemu");
    Files.writeString(script, "#!/bin/sh\n" + text);
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void aQemuThatDiesAtItsStartIsQuoted() throws IOException {
    Vmkit broken = state.openWith(script("echo 'the roof is on fire' >&2; exit 3\n"));
    assertThatExceptionOfType(MachineFailed.class)
        .isThrownBy(() -> broken.start(TestState.tiny("fire").build()))
        .withMessageContaining("exit code 3")
        .withMessageContaining("the roof is on fire");
    nothingIsLeft();
  }

  @Test
  void aQemuThatEndsWellAtOnceIsAnErrorToo() throws IOException {
    Vmkit broken = state.openWith(script("exit 0\n"));
    assertThatThrownBy(() -> broken.start(TestState.tiny("nothing").build()))
        .isInstanceOf(MachineFailed.class)
        .hasMessageContaining("as soon as it had gone to the background");
    nothingIsLeft();
  }

  /** As QEMU does, it leaves a process behind that is nobody's child any more. */
  @Test
  void aQemuThatHangsAtItsStartIsGivenUpWithAllItsProcesses() throws Exception {
    Path fifo = elsewhere.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    Path hanging =
        script("[ \"$1\" = stray ] || (\"$0\" stray \"$@\" &)\nread -r line <" + fifo + "\n");
    DomainRef ref = vmkit.create(TestState.tiny("hangs").build()).ref();
    StateDirectory directory = StateDirectory.at(state.root());
    MachineStore store = new MachineStore(directory);
    AcceleratorProbe probe = AcceleratorProbe.of(directory, CommandRunner.system());
    CommandRunner impatient =
        (command, lines) -> CommandRunner.system().run(hurried(command), lines);
    try (LiveMachines live =
        new LiveMachines(store, new Launcher(store, impatient, probe, Optional.of(hanging)))) {
      assertThatThrownBy(() -> live.start(ref)).isInstanceOf(DeadlineExceeded.class);
    }
    assertThat(state.qemus()).isEmpty();
    assertThat(state.machineFiles()).containsExactly("vms/hangs", "vms/hangs/vm.json");
  }

  private static Command hurried(Command command) {
    List<String> argv = command.argv();
    return Command.of(argv.get(0))
        .args(argv.subList(1, argv.size()))
        .timeout(Duration.ofSeconds(1))
        .build();
  }
}
