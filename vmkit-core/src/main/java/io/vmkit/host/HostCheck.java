package io.vmkit.host;

import io.vmkit.error.HostLacks;
import io.vmkit.process.CommandRunner;
import io.vmkit.value.Architecture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks at what this host has of all that vmkit can use, and says of each missing thing what to
 * type to get it. Changes nothing. Immutable and thread-safe; every {@link #run()} looks anew.
 */
public final class HostCheck {
  private final HostRoot host;
  private final HostUser user;
  private final Architecture architecture;
  private final CommandRunner runner;
  private final Optional<AcceleratorProbe> probe;

  HostCheck(
      HostRoot host,
      HostUser user,
      Architecture architecture,
      CommandRunner runner,
      Optional<AcceleratorProbe> probe) {
    this.host = host;
    this.user = user;
    this.architecture = architecture;
    this.runner = runner;
    this.probe = probe;
  }

  /**
   * Makes a check of this host, which does not prove KVM.
   *
   * @return the check
   * @throws io.vmkit.error.InvalidSpec when vmkit does not know this host's architecture
   */
  public static HostCheck ofHost() {
    return of(Path.of("/"), CommandRunner.system());
  }

  /**
   * Makes a check of a host whose files lie elsewhere, which does not prove KVM. Programs are
   * looked for in the directories of this process's {@code PATH} and in the system's own.
   *
   * @param root what stands for {@code /}
   * @param runner runs the host's programs
   * @return the check
   * @throws io.vmkit.error.InvalidSpec when vmkit does not know this host's architecture
   */
  public static HostCheck of(Path root, CommandRunner runner) {
    return new HostCheck(
        HostRoot.at(root), HostUser.current(), Architecture.ofHost(), runner, Optional.empty());
  }

  /**
   * {@return this check, which also proves KVM}
   *
   * @param acceleratorProbe proves it, or remembers that it did
   */
  public HostCheck withProbe(AcceleratorProbe acceleratorProbe) {
    return new HostCheck(host, user, architecture, runner, Optional.of(acceleratorProbe));
  }

  /**
   * Looks at the host. Takes about 0.1 s, and what the probe takes. Interruptible.
   *
   * @return a finding for each topic
   * @throws io.vmkit.error.StorageFault when a file is there but cannot be read
   * @throws io.vmkit.error.OperationInterrupted when the thread is interrupted
   */
  public HostReport run() {
    Mending mending = Mending.of(host, user);
    DeviceChecks devices = new DeviceChecks(host, user, mending);
    List<Finding> findings =
        new ArrayList<>(new ProgramChecks(host, mending, runner).findings(architecture));
    findings.add(firmware());
    findings.add(devices.kvm(probe.map(each -> each.forArchitecture(architecture))));
    findings.add(devices.fuse());
    findings.add(new UserNamespaceCheck(host, user, mending, runner).finding());
    findings.add(devices.libvirt());
    findings.add(devices.bridges());
    findings.sort(Comparator.comparing(Finding::topic));
    return new HostReport(findings);
  }

  /**
   * {@return the QEMU that runs guests of an architecture, without looking at anything else}
   *
   * @param guest the guest's architecture
   * @throws HostLacks when it is not installed
   */
  public Path emulator(Architecture guest) {
    String program = "qemu-system-" + guest.qemuName();
    return host.program(program)
        .orElseThrow(
            () ->
                new HostLacks(
                    "run a guest of " + guest.qemuName(),
                    program + " is not installed",
                    Mending.of(host, user).install(ProgramChecks.packageOf(guest))));
  }

  private Finding firmware() {
    FirmwareCatalog catalog = FirmwareCatalog.in(host, user);
    String machine = architecture == Architecture.X86_64 ? "q35" : "virt";
    return catalog
        .find(architecture, machine, SecureBoot.OFF)
        .map(found -> Finding.ok(Topic.FIRMWARE, found.code() + ": " + found.description()))
        .orElseGet(
            () ->
                Finding.optional(
                    Topic.FIRMWARE,
                    "no descriptor of firmware for " + architecture.qemuName() + " " + machine,
                    catalog.mendingLine(architecture)));
  }
}
