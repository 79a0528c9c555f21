package io.vmkit.qemu;

import io.vmkit.driver.DomainEvent;
import io.vmkit.driver.DomainEvent.Kind;
import io.vmkit.driver.DomainRef;
import io.vmkit.error.DriverUnavailable;
import io.vmkit.error.IllegalVmState;
import io.vmkit.error.NotFound;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.event.EventHub;
import io.vmkit.event.Subscription;
import io.vmkit.process.HostProcess;
import io.vmkit.qemu.machine.MachineRecord;
import io.vmkit.qemu.machine.MachineStore;
import io.vmkit.qemu.machine.RunRecord;
import io.vmkit.qemu.machine.RunningMachine;
import io.vmkit.state.DurableFiles;
import io.vmkit.state.LockFile;
import io.vmkit.value.VmName;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * The machines whose QEMU this JVM holds, and their power. Every change of power is made under the
 * machine's lock, so that two JVMs never start or stop one machine at once. Thread-safe.
 */
final class LiveMachines implements AutoCloseable {
  /** How long QEMU may take to flush its disks after SIGTERM before it is killed. */
  private static final Duration FLUSH = Duration.ofSeconds(5);

  private static final Duration KILL = Duration.ofSeconds(10);

  private final MachineStore store;
  private final Launcher launcher;
  private final Map<DomainRef, RunningMachine> live = new ConcurrentHashMap<>();
  private final EventHub<DomainEvent> events = new EventHub<>();
  private volatile boolean closed;

  LiveMachines(MachineStore store, Launcher launcher) {
    this.store = store;
    this.launcher = launcher;
  }

  Subscription<DomainEvent> events(Predicate<? super DomainEvent> filter) {
    return events.subscribe(filter);
  }

  /** The connection to a machine, if this JVM has one. */
  Optional<RunningMachine> find(DomainRef ref) {
    return Optional.ofNullable(live.get(ref));
  }

  void start(DomainRef ref) {
    VmName name = VmName.of(ref.name());
    try (LockFile lock = store.lock(name)) {
      checkOpen("start vm " + name);
      MachineRecord machine = require(ref);
      if (store.run(name).isPresent()) {
        throw new IllegalVmState("start vm " + name, "running", "stopped", "stop it first");
      }
      keep(ref, launcher.launch(ref, machine, (kind, detail) -> publish(ref, kind, detail)));
      publish(ref, Kind.STARTED, "");
    }
  }

  /** The connection to a running machine, made if need be. */
  RunningMachine attach(DomainRef ref) {
    RunningMachine known = live.get(ref);
    if (known != null) {
      return known;
    }
    VmName name = VmName.of(ref.name());
    try (LockFile lock = store.lock(name)) {
      checkOpen("attach to vm " + name);
      RunningMachine meanwhile = live.get(ref);
      if (meanwhile != null) {
        return meanwhile;
      }
      MachineRecord machine = require(ref);
      RunRecord run =
          store
              .run(name)
              .orElseThrow(
                  () ->
                      new IllegalVmState(
                          "enter vm " + name, "stopped", "running", "call start() first"));
      RunningMachine attached =
          launcher.attach(ref, machine, run, (kind, detail) -> publish(ref, kind, detail));
      keep(ref, attached);
      return attached;
    }
  }

  private void keep(DomainRef ref, RunningMachine machine) {
    live.put(ref, machine);
    Optional<HostProcess> process = store.run(VmName.of(ref.name())).map(RunRecord::process);
    machine
        .disconnected()
        .thenRunAsync(() -> endedByItself(ref, machine, process), LiveMachines::inThread);
  }

  /** Not in the common pool: what is run waits for processes and locks. */
  private static void inThread(Runnable task) {
    Thread thread = new Thread(task, "vmkit-ended");
    thread.setDaemon(true);
    thread.start();
  }

  /** QEMU closed its monitor: the guest shut down, QEMU died, or we let go of it ourselves. */
  private void endedByItself(DomainRef ref, RunningMachine machine, Optional<HostProcess> process) {
    if (closed || !process.map(each -> each.awaitEnd(KILL)).orElse(true)) {
      return;
    }
    forget(ref, machine);
    VmName name = VmName.of(ref.name());
    try (LockFile lock = store.lock(name)) {
      store.clearRun(name);
    }
  }

  private void forget(DomainRef ref, RunningMachine machine) {
    if (live.remove(ref, machine)) {
      publish(ref, Kind.STOPPED, "");
      machine.gone();
    }
  }

  void stop(DomainRef ref) {
    VmName name = VmName.of(ref.name());
    try (LockFile lock = store.lock(name)) {
      require(ref);
      stopLocked(ref, name);
    }
  }

  private void stopLocked(DomainRef ref, VmName name) {
    store.run(name).map(RunRecord::process).ifPresent(LiveMachines::end);
    find(ref).ifPresent(machine -> forget(ref, machine));
    store.clearRun(name);
  }

  /** Removes a machine, stopped once more: it may have been started since. */
  void remove(DomainRef ref) {
    VmName name = VmName.of(ref.name());
    try (LockFile lock = store.lock(name)) {
      require(ref);
      stopLocked(ref, name);
      // Without its record it is no machine any more: a crash from here on leaves nothing listed.
      Files.delete(store.files(name).record());
      DurableFiles.removeTree(store.files(name).directory());
    } catch (IOException e) {
      throw DurableFiles.fault("delete vm " + ref, e);
    }
  }

  /** SIGTERM has QEMU write what it holds of its disks; a frozen one is killed. */
  static void end(HostProcess qemu) {
    qemu.terminate();
    if (!qemu.awaitEnd(FLUSH)) {
      qemu.kill();
      qemu.awaitEnd(KILL);
    }
  }

  boolean awaitStopped(DomainRef ref, Duration timeout) {
    RunningMachine machine = live.get(ref);
    if (machine == null) {
      return store
          .run(VmName.of(ref.name()))
          .map(run -> run.process().awaitEnd(timeout))
          .orElse(true);
    }
    try {
      machine.ended().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw new OperationInterrupted("wait until vm " + ref + " is off", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a machine is only ever completed", e);
    }
  }

  MachineRecord require(DomainRef ref) {
    MachineRecord machine = store.get(VmName.of(ref.name()));
    if (!machine.uuid().equals(ref.uuid().toString())) {
      throw new NotFound(
          "find vm " + ref,
          "it was removed and another was made under its name",
          "get the new one by its name");
    }
    return machine;
  }

  private void publish(DomainRef ref, Kind kind, String detail) {
    events.publish(new DomainEvent(ref, kind, Instant.now(), detail));
  }

  void checkOpen(String attempted) {
    if (closed) {
      throw new DriverUnavailable(attempted, "the driver is closed", "open another");
    }
  }

  /** Lets go of all machines; they go on. */
  @Override
  public void close() {
    closed = true;
    live.values().forEach(RunningMachine::close);
    live.clear();
    events.close();
  }
}
