package io.vmkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmkit.host.Accelerator.Kind;
import io.vmkit.process.CommandRunner;
import io.vmkit.process.HostProcess;
import io.vmkit.state.StateDirectory;
import io.vmkit.value.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceleratorProbeIT {
  private static final Duration AMPLE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private StateDirectory state;
  private Path qemu;

  @BeforeEach
  void findQemu() {
    state = StateDirectory.at(directory.resolve("state"));
    Optional<Path> found = HostRoot.at(Path.of("/")).program("qemu-system-x86_64");
    assertThat(found).as("mend with: apt-get install -y qemu-system-x86").isPresent();
    qemu = found.get();
  }

  @Test
  void programEndsWithTheRightSumUnderTcg() throws IOException {
    PayloadRun run = run(LongModePayload.bytes());
    assertThat(run.trouble()).isEmpty();
    assertThat(run.passed()).isTrue();
  }

  @Test
  void programTellsAWrongSum() throws IOException {
    PayloadRun run = run(LongModePayload.bytes(42));
    assertThat(run.passed()).isFalse();
    assertThat(run.trouble()).startsWith("its result was wrong");
  }

  @Test
  void verdictOnThisHostIsConsistentAndKept() {
    Accelerator verdict = thisHost(CommandRunner.system()).forArchitecture(Architecture.X86_64);
    assertThat(verdict.reason()).isNotBlank();
    assertThat(verdict.kvmTime().isPresent()).isEqualTo(verdict.kind() == Kind.KVM);
    CommandRunner none =
        (command, lines) -> {
          throw new AssertionError("ran " + command);
        };
    Accelerator kept = thisHost(none).forArchitecture(Architecture.X86_64);
    assertThat(kept.toString()).isEqualTo(verdict.toString());
  }

  @Test
  void qemuThatHangsUnderKvmIsEndedAndTcgTaken() throws Exception {
    Path script =
        script("case \"$*\" in *'-accel kvm'*) ;; *) exec " + qemu + " \"$@\" ;; esac\n" + hang());
    Accelerator verdict = probe(AMPLE).withQemu(script).forArchitecture(Architecture.X86_64);
    assertThat(verdict.kind()).isEqualTo(Kind.TCG);
    assertThat(verdict.reason()).contains("did not end in", "I am stuck");
    assertEnded();
  }

  @Test
  void qemuThatAlwaysHangsIsEndedAndTcgTaken() throws Exception {
    Path script = script(hang());
    Accelerator verdict =
        probe(Duration.ofSeconds(1)).withQemu(script).forArchitecture(Architecture.X86_64);
    assertThat(verdict.kind()).isEqualTo(Kind.TCG);
    assertThat(verdict.reason()).contains("even under tcg: it did not end in 1000 ms");
    assertEnded();
  }

  @Test
  void brokenQemuIsReported() throws IOException {
    Path script = script("echo 'libpixman: cannot open' >&2; exit 127\n");
    Accelerator verdict = probe(AMPLE).withQemu(script).forArchitecture(Architecture.X86_64);
    assertThat(verdict.reason()).contains("exit code 127", "libpixman: cannot open");
  }

  private PayloadRun run(byte[] program) throws IOException {
    Path file = Files.write(directory.resolve("program"), program);
    return PayloadRun.of(CommandRunner.system(), qemu, Kind.TCG, file, AMPLE);
  }

  private AcceleratorProbe thisHost(CommandRunner runner) {
    return AcceleratorProbe.of(state, runner);
  }

  /** A probe of a host whose /dev/kvm opens. */
  private AcceleratorProbe probe(Duration tcgLimit) {
    HostRoot root = new FakeHost(directory.resolve("tree")).file("/dev/kvm", "").root();
    return new AcceleratorProbe(
        state,
        CommandRunner.system(),
        new AcceleratorProbe.Host(root, Architecture.X86_64, FakeHost.ANN, tcgLimit),
        Optional.empty());
  }

  private Path script(String lines) throws IOException {
    Path script = Files.writeString(directory.resolve("qemu"), "#!/bin/sh\n" + lines);
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String hang() {
    return "echo 'I am stuck' >&2\nsleep 1000 &\necho $! > " + pidFile() + "\nwait\n";
  }

  private void assertEnded() throws Exception {
    long pid = Long.parseLong(Files.readString(pidFile()).strip());
    Optional<ProcessHandle> sleeping = ProcessHandle.of(pid);
    if (sleeping.isPresent()) {
      sleeping.get().onExit().get(AMPLE.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(HostProcess.find(pid)).isEmpty();
  }

  private Path pidFile() {
    return directory.resolve("pid");
  }
}
