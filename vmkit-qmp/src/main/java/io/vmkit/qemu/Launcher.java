package io.vmkit.qemu;

import io.vmkit.driver.DomainEvent.Kind;
import io.vmkit.driver.DomainRef;
import io.vmkit.error.DriverUnavailable;
import io.vmkit.error.Evidence;
import io.vmkit.error.MachineFailed;
import io.vmkit.error.VmkitException;
import io.vmkit.host.Accelerator;
import io.vmkit.host.AcceleratorProbe;
import io.vmkit.host.HostCheck;
import io.vmkit.plan.Uninterrupted;
import io.vmkit.process.Command;
import io.vmkit.process.CommandResult;
import io.vmkit.process.CommandRunner;
import io.vmkit.process.HostProcess;
import io.vmkit.qemu.argv.Launch;
import io.vmkit.qemu.argv.QemuCommandLine;
import io.vmkit.qemu.machine.ForwardedPorts;
import io.vmkit.qemu.machine.MachineEvidence;
import io.vmkit.qemu.machine.MachineRecord;
import io.vmkit.qemu.machine.MachineStore;
import io.vmkit.qemu.machine.RunRecord;
import io.vmkit.qemu.machine.RunningMachine;
import io.vmkit.state.DurableFiles;
import io.vmkit.state.StateLayout.VmFiles;
import io.vmkit.value.VmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Starts machines. QEMU goes to the background by itself once its devices are made, so its exit
 * code tells at once whether it came up; its processors stand still until the monitor, the console
 * and the ports are known.
 */
final class Launcher {
  private static final Duration START = Duration.ofSeconds(60);

  private final MachineStore store;
  private final CommandRunner runner;
  private final AcceleratorProbe probe;
  private final Optional<Path> program;

  Launcher(
      MachineStore store, CommandRunner runner, AcceleratorProbe probe, Optional<Path> program) {
    this.store = store;
    this.runner = runner;
    this.probe = probe;
    this.program = program;
  }

  /** Starts a machine whose lock the caller holds and which does not run. */
  RunningMachine launch(DomainRef ref, MachineRecord machine, BiConsumer<Kind, String> listener) {
    VmName name = VmName.of(machine.name());
    VmFiles files = store.files(name);
    Instant begun = Instant.now();
    if (Files.exists(files.pidFile())) {
      StrayQemu.end(files);
    }
    store.clearRun(name);
    beginLogs(files);
    Accelerator accelerator = probe.forArchitecture(machine.architecture());
    String accel = accelerator.kind().qemuName();
    try {
      HostProcess process = spawn(machine, new Launch(machine, files, accel));
      return connect(ref, machine, begun, listener, new RunningProcess(process, accel));
    } catch (RuntimeException | Error failure) {
      Uninterrupted.run(() -> clearAfter(failure, name));
      throw failure;
    }
  }

  private record RunningProcess(HostProcess process, String accelerator) {}

  private HostProcess spawn(MachineRecord machine, Launch launch) {
    Path qemu = program.orElseGet(() -> HostCheck.ofHost().emulator(machine.architecture()));
    Command command =
        Command.of(qemu.toString()).args(QemuCommandLine.of(launch)).timeout(START).build();
    CommandResult result = runner.run(command);
    if (!result.succeeded()) {
      throw died(machine, launch.files(), result);
    }
    return process(launch.files()).orElseThrow(() -> died(machine, launch.files(), result));
  }

  /** Logs begin anew: what an earlier run said is no evidence for this one, and no sign of it. */
  private static void beginLogs(VmFiles files) {
    try {
      Files.deleteIfExists(files.qemuLog());
      if (Files.exists(files.serialLog())) {
        Files.move(files.serialLog(), files.oldSerialLog(), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw DurableFiles.fault("begin the logs in " + files.directory(), e);
    }
  }

  private static Optional<HostProcess> process(VmFiles files) {
    try {
      return HostProcess.find(Long.parseLong(Files.readString(files.pidFile()).strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DurableFiles.fault("read QEMU's process id from " + files.pidFile(), e);
    }
  }

  private static MachineFailed died(MachineRecord machine, VmFiles files, CommandResult result) {
    Evidence evidence =
        Evidence.none()
            .with("qemu's output", result.errors() + result.output())
            .and(MachineEvidence.of(files));
    return new MachineFailed(
        "start vm " + machine.name(),
        result.succeeded()
            ? "QEMU ended as soon as it had gone to the background"
            : "QEMU ended with exit code " + result.exitCode(),
        evidence,
        Diagnosis.of(result.errors() + MachineEvidence.ofQemu(files)),
        null);
  }

  private RunningMachine connect(
      DomainRef ref,
      MachineRecord machine,
      Instant begun,
      BiConsumer<Kind, String> listener,
      RunningProcess qemu) {
    VmName name = VmName.of(machine.name());
    RunningMachine running =
        RunningMachine.connect(ref, machine, store.files(name), begun, listener);
    try {
      RunRecord run =
          new RunRecord(
              qemu.process(),
              qemu.accelerator(),
              ForwardedPorts.parse(running.qmp().humanMonitor("info usernet")));
      store.writeRun(name, run);
      running.ran(run);
      running.power();
      return running;
    } catch (RuntimeException | Error failure) {
      running.close();
      throw failure;
    }
  }

  /** Connects to a machine that runs already, as one that another JVM started. */
  RunningMachine attach(
      DomainRef ref, MachineRecord machine, RunRecord run, BiConsumer<Kind, String> listener) {
    VmFiles files = store.files(VmName.of(machine.name()));
    try {
      RunningMachine running = RunningMachine.connect(ref, machine, files, Instant.now(), listener);
      running.ran(run);
      return running;
    } catch (VmkitException e) {
      throw new DriverUnavailable(
          "attach to vm " + machine.name(),
          "its monitor does not answer: " + e.cameBack(),
          "QEMU lets one process in at a time; see whether another holds it",
          e);
    }
  }

  private void clearAfter(Throwable failure, VmName name) {
    try {
      StrayQemu.end(store.files(name));
      store.clearRun(name);
    } catch (VmkitException e) {
      failure.addSuppressed(e);
    }
  }
}
