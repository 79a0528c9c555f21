package io.vmkit.host;

import io.vmkit.process.CommandRunner;
import io.vmkit.state.DurableFiles;
import io.vmkit.state.LockFile;
import io.vmkit.state.StateDirectory;
import io.vmkit.value.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out whether KVM works, rather than whether {@code /dev/kvm} opens: nested and broken
 * virtualisation often opens, creates machines, and then runs them hundreds of times too slowly or
 * not at all.
 *
 * <p>QEMU runs a small real program under TCG and then under KVM, which may take three times as
 * long as TCG just took: a load on the host slows both. A working KVM needs a fraction of TCG's
 * time. The verdict is kept in the state directory until the host boots again or the QEMU binary
 * changes; finding it takes about half a second where KVM works and a second where it does not.
 * Without access to {@code /dev/kvm}, or for a guest of another architecture, no program is run.
 *
 * <p>Thread-safe. Several JVMs that share a state directory probe once.
 */
public final class AcceleratorProbe {
  /** How long TCG may take; it needs about 0.2 s, and a host can be busy. */
  private static final Duration TCG_LIMIT = Duration.ofSeconds(10);

  /** How many times TCG's own time KVM may take. */
  private static final int TOLERANCE = 3;

  private final StateDirectory state;
  private final CommandRunner runner;
  private final Host host;
  private final Optional<Path> qemu;

  /**
   * What the probe takes from the host.
   *
   * @param root where /dev and /proc are
   * @param architecture the processor's
   * @param user who must be able to open the device
   * @param tcgLimit how long TCG may take
   */
  record Host(HostRoot root, Architecture architecture, HostUser user, Duration tcgLimit) {
    static Host current() {
      return new Host(
          HostRoot.at(Path.of("/")), Architecture.ofHost(), HostUser.current(), TCG_LIMIT);
    }
  }

  AcceleratorProbe(StateDirectory state, CommandRunner runner, Host host, Optional<Path> qemu) {
    this.state = state;
    this.runner = runner;
    this.host = host;
    this.qemu = qemu;
  }

  /**
   * Makes a probe for the QEMU on this process's {@code PATH}.
   *
   * @param state where the verdict is kept
   * @param runner runs QEMU
   * @return the probe; nothing has been run yet
   * @throws io.vmkit.error.InvalidSpec when vmkit does not know this host's architecture
   */
  public static AcceleratorProbe of(StateDirectory state, CommandRunner runner) {
    return new AcceleratorProbe(state, runner, Host.current(), Optional.empty());
  }

  /**
   * {@return a probe for another QEMU}
   *
   * @param binary the system emulator of the host's architecture
   */
  public AcceleratorProbe withQemu(Path binary) {
    return new AcceleratorProbe(state, runner, host, Optional.of(binary));
  }

  /**
   * Decides what shall execute guests of an architecture. The first call since the host booted
   * takes up to a second or so, later ones about a millisecond. Interruptible.
   *
   * @param guest the guest's architecture
   * @return the accelerator with the reason; TCG whenever KVM has not proved itself
   * @throws io.vmkit.error.StorageFault when the verdict cannot be kept
   * @throws io.vmkit.error.OperationInterrupted when the thread is interrupted
   */
  public Accelerator forArchitecture(Architecture guest) {
    if (guest != host.architecture()) {
      return Accelerator.tcg(
          "a host of " + host.architecture().qemuName() + " emulates " + guest.qemuName());
    }
    if (guest != Architecture.X86_64) {
      return Accelerator.tcg("vmkit cannot yet prove KVM on " + guest.qemuName());
    }
    KvmDevice device = KvmDevice.of(host.root(), host.user());
    if (device.refusal().isPresent()) {
      return Accelerator.refused(device);
    }
    String program = "qemu-system-" + guest.qemuName();
    return qemu.or(() -> host.root().program(program))
        .map(this::cachedOrProbed)
        .orElseGet(() -> Accelerator.tcg(program + " is not installed"));
  }

  private Accelerator cachedOrProbed(Path binary) {
    VerdictCache cache =
        new VerdictCache(
            state.layout().acceleratorVerdict(),
            host.root().firstLine("/proc/sys/kernel/random/boot_id"));
    return cache.find(binary).orElseGet(() -> probed(binary, cache));
  }

  private Accelerator probed(Path binary, VerdictCache cache) {
    Duration patience = host.tcgLimit().multipliedBy(2L * (1 + TOLERANCE));
    try (LockFile lock = LockFile.acquire(state.layout().acceleratorLock(), patience)) {
      Optional<Accelerator> found = cache.find(binary); // Another may have probed meanwhile.
      if (found.isPresent()) {
        return found.get();
      }
      return withProgram(() -> measured(binary, cache));
    }
  }

  private Accelerator withProgram(Supplier<Accelerator> measurement) {
    Path program = state.layout().acceleratorProgram();
    try {
      Files.write(program, LongModePayload.bytes());
      try {
        return measurement.get();
      } finally {
        Files.deleteIfExists(program);
      }
    } catch (IOException e) {
      throw DurableFiles.fault("write the program of the probe", e);
    }
  }

  private Accelerator measured(Path binary, VerdictCache cache) {
    PayloadRun tcg = run(binary, Accelerator.Kind.TCG, host.tcgLimit());
    if (!tcg.passed()) {
      // Says nothing about KVM, so it is not kept.
      return Accelerator.tcg("the probe failed even under tcg: " + tcg.trouble());
    }
    Duration limit = tcg.took().multipliedBy(TOLERANCE);
    Accelerator verdict = verdict(tcg, run(binary, Accelerator.Kind.KVM, limit));
    cache.keep(binary, verdict);
    return verdict;
  }

  private PayloadRun run(Path binary, Accelerator.Kind kind, Duration limit) {
    return PayloadRun.of(runner, binary, kind, state.layout().acceleratorProgram(), limit);
  }

  private static Accelerator verdict(PayloadRun tcg, PayloadRun kvm) {
    String reference = "that tcg ran in " + tcg.took().toMillis() + " ms";
    return kvm.passed()
        ? Accelerator.measured(
            Accelerator.Kind.KVM,
            "it ran in " + kvm.took().toMillis() + " ms a program " + reference,
            tcg.took(),
            Optional.of(kvm.took()))
        : Accelerator.measured(
            Accelerator.Kind.TCG,
            KvmDevice.PATH + " opens but kvm failed a program " + reference + ": " + kvm.trouble(),
            tcg.took(),
            Optional.empty());
  }
}
