package io.vmkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.host.Accelerator.Kind;
import io.vmkit.process.Command;
import io.vmkit.process.CommandResult;
import io.vmkit.process.CommandRunner;
import io.vmkit.state.StateDirectory;
import io.vmkit.value.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceleratorProbeTest {
  private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";
  private static final String QEMU = "/usr/bin/qemu-system-x86_64";

  @TempDir Path tree;
  @TempDir Path stateRoot;
  private FakeHost host;
  private final ScriptedQemu qemu = new ScriptedQemu();

  /** Ends as told under KVM, and with the right sum under TCG. */
  private static final class ScriptedQemu implements CommandRunner {
    private final List<String> accelerators = new ArrayList<>();
    private int tcgExit = LongModePayload.EXIT_PASSED;
    private int kvmExit = LongModePayload.EXIT_PASSED;
    private boolean kvmHangs;

    @Override
    public CommandResult run(Command command, Consumer<String> lines) {
      List<String> argv = command.argv();
      boolean kvm = argv.get(argv.indexOf("-accel") + 1).equals("kvm");
      accelerators.add(kvm ? "kvm" : "tcg");
      if (kvm && kvmHangs) {
        Evidence said = Evidence.none().with("its output", "qemu: warning: no pni");
        throw new DeadlineExceeded("run qemu", "it still ran", said, "", null);
      }
      return new CommandResult(
          command.toString(), kvm ? kvmExit : tcgExit, "", kvm ? "kvm: said" : "tcg: said");
    }
  }

  @BeforeEach
  void workingHost() {
    host =
        new FakeHost(tree)
            .file("/dev/kvm", "")
            .file(BOOT_ID, "boot-1\n")
            .program("qemu-system-x86_64");
  }

  @Test
  void kvmThatRunsTheProgramIsTaken() {
    Accelerator verdict = probed();
    assertThat(verdict.kind()).isEqualTo(Kind.KVM);
    assertThat(verdict.tcgTime()).isPresent();
    assertThat(verdict.kvmTime()).isPresent();
    assertThat(qemu.accelerators).containsExactly("tcg", "kvm");
    assertThat(stateRoot.resolve("accelerator.bin")).doesNotExist();
  }

  @Test
  void kvmThatDoesNotEndIsRefusedWithQemusWords() {
    qemu.kvmHangs = true;
    Accelerator verdict = probed();
    assertThat(verdict.kind()).isEqualTo(Kind.TCG);
    assertThat(verdict.reason()).contains("did not end", "qemu: warning: no pni");
    assertThat(verdict.tcgTime()).isPresent();
    assertThat(verdict.kvmTime()).isEmpty();
  }

  @Test
  void kvmThatMiscalculatesIsRefused() {
    qemu.kvmExit = LongModePayload.EXIT_WRONG;
    assertThat(probed().reason()).contains("its result was wrong");
  }

  @Test
  void qemuThatRefusesKvmIsQuoted() {
    qemu.kvmExit = 1;
    assertThat(probed().reason()).contains("exit code 1", "kvm: said");
  }

  @Test
  void qemuThatFailsEvenUnderTcgIsAskedAgainNextTime() {
    qemu.tcgExit = 1;
    assertThat(probed().reason()).contains("even under tcg", "tcg: said");
    qemu.tcgExit = LongModePayload.EXIT_PASSED;
    assertThat(probed().kind()).isEqualTo(Kind.KVM);
  }

  static Stream<Arguments> hostsThatNeedNoProbe() {
    return Stream.of(
        hostWith(host -> host.without("/dev/kvm"), "no /dev/kvm"),
        hostWith(host -> host.closed("/dev/kvm"), "ann may not open /dev/kvm"),
        hostWith(host -> host.without(QEMU), "qemu-system-x86_64 is not installed"));
  }

  @ParameterizedTest
  @MethodSource("hostsThatNeedNoProbe")
  void hostWithoutKvmRunsNothing(UnaryOperator<FakeHost> change, String reason) {
    change.apply(host);
    Accelerator verdict = probed();
    assertThat(verdict.kind()).isEqualTo(Kind.TCG);
    assertThat(verdict.reason()).contains(reason);
    assertThat(qemu.accelerators).isEmpty();
  }

  @Test
  void missingRightComesWithTheLineThatMendsIt() {
    host.closed("/dev/kvm", Optional.of("kvm"));
    assertThat(probed().mendingLine()).hasValue("sudo usermod -aG kvm ann");
  }

  @Test
  void rightThatIsLostLaterOverrulesTheCache() {
    assertThat(probed().kind()).isEqualTo(Kind.KVM);
    host.closed("/dev/kvm");
    assertThat(probed().kind()).isEqualTo(Kind.TCG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X86_64", "AARCH64"})
  void armGuestIsEmulated(Architecture architecture) {
    Accelerator verdict = probe(architecture).forArchitecture(Architecture.AARCH64);
    assertThat(verdict.kind()).isEqualTo(Kind.TCG);
    assertThat(qemu.accelerators).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void verdictIsKeptForTheBoot(boolean hangs) {
    qemu.kvmHangs = hangs;
    Accelerator first = probed();
    Accelerator second = probed();
    assertThat(qemu.accelerators).hasSize(2);
    assertThat(second.kind()).isEqualTo(first.kind());
    assertThat(second.reason()).isEqualTo(first.reason());
    assertThat(second.kvmTime().isPresent()).isEqualTo(first.kvmTime().isPresent());
  }

  @Test
  void otherBootProbesAgain() {
    probed();
    host.file(BOOT_ID, "boot-2\n");
    probed();
    assertThat(qemu.accelerators).hasSize(4);
  }

  @Test
  void upgradedQemuProbesAgain() throws IOException {
    probed();
    Files.setLastModifiedTime(tree.resolve(QEMU.substring(1)), FileTime.fromMillis(1));
    probed();
    host.file(QEMU, "longer");
    probed();
    assertThat(qemu.accelerators).hasSize(6);
  }

  @Test
  void verdictsOfTwoBinariesAreKeptSideBySide() {
    host.program("other-qemu");
    Path other = tree.resolve("usr/bin/other-qemu");
    for (int i = 0; i < 2; i++) {
      probed();
      probe(Architecture.X86_64).withQemu(other).forArchitecture(Architecture.X86_64);
    }
    assertThat(qemu.accelerators).hasSize(4);
  }

  static Stream<Arguments> damages() {
    return Stream.of(
            "",
            "{",
            "[]",
            "null",
            "{\"boot\": \"boot-1\"}",
            "{\"boot\": \"boot-1\", \"verdicts\": 3}")
        .map(Arguments::arguments);
  }

  @ParameterizedTest
  @MethodSource("damages")
  void damagedCacheIsProbedAnew(String content) throws IOException {
    probed();
    Files.writeString(stateRoot.resolve("accelerator.json"), content);
    assertThat(probed().kind()).isEqualTo(Kind.KVM);
    assertThat(probed().kind()).isEqualTo(Kind.KVM);
    assertThat(qemu.accelerators).hasSize(4);
  }

  @Test
  void unknownKindInTheCacheIsProbedAnew() throws IOException {
    probed();
    Path file = stateRoot.resolve("accelerator.json");
    Files.writeString(file, Files.readString(file).replace("KVM", "HVF"));
    assertThat(probed().kind()).isEqualTo(Kind.KVM);
    assertThat(qemu.accelerators).hasSize(4);
  }

  private static Arguments hostWith(UnaryOperator<FakeHost> change, String reason) {
    return arguments(change, reason);
  }

  private Accelerator probed() {
    return probe(Architecture.X86_64).forArchitecture(Architecture.X86_64);
  }

  private AcceleratorProbe probe(Architecture architecture) {
    return new AcceleratorProbe(
        StateDirectory.at(stateRoot),
        qemu,
        new AcceleratorProbe.Host(host.root(), architecture, FakeHost.ANN, Duration.ofSeconds(10)),
        Optional.empty());
  }
}
