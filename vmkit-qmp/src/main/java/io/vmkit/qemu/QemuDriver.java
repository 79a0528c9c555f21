package io.vmkit.qemu;

import io.vmkit.driver.Capability;
import io.vmkit.driver.DomainEvent;
import io.vmkit.driver.DomainInfo;
import io.vmkit.driver.DomainRef;
import io.vmkit.driver.DomainState;
import io.vmkit.driver.Driver;
import io.vmkit.driver.GuestAccess;
import io.vmkit.driver.Provisioner;
import io.vmkit.error.Evidence;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.error.VmkitException;
import io.vmkit.event.Subscription;
import io.vmkit.guest.GuestLink;
import io.vmkit.host.AcceleratorProbe;
import io.vmkit.image.QemuImg;
import io.vmkit.plan.Plan;
import io.vmkit.plan.Step;
import io.vmkit.plan.StepDescription;
import io.vmkit.plan.Uninterrupted;
import io.vmkit.process.CommandRunner;
import io.vmkit.progress.Progress;
import io.vmkit.qemu.machine.MachineEvidence;
import io.vmkit.qemu.machine.MachineRecord;
import io.vmkit.qemu.machine.MachineStore;
import io.vmkit.qemu.machine.RunRecord;
import io.vmkit.qmp.QmpClient;
import io.vmkit.spec.DomainSpec;
import io.vmkit.state.StateDirectory;
import io.vmkit.value.MemorySize;
import io.vmkit.value.VmName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * QEMU without a daemon. Each machine is a QEMU process of the caller's user; nothing but the state
 * directory is written. Thread-safe; several JVMs may share a state directory, though each running
 * machine's monitor lets in one at a time.
 *
 * <p>Closing it stops and removes the bound machines that it made and lets go of the others.
 */
public final class QemuDriver implements Driver, Provisioner, GuestAccess {
  /** How long QEMU may go on after it has closed its monitor: it writes out its disks. */
  private static final Duration LAST_MOMENTS = Duration.ofSeconds(10);

  private final MachineStore store;
  private final QemuImg images;
  private final LiveMachines live;
  private final Set<DomainRef> bound = ConcurrentHashMap.newKeySet();

  private QemuDriver(StateDirectory state, Optional<Path> program) {
    CommandRunner runner = CommandRunner.system();
    AcceleratorProbe probe = AcceleratorProbe.of(state, runner);
    this.store = new MachineStore(state);
    this.images = QemuImg.by(runner);
    this.live =
        new LiveMachines(
            store,
            new Launcher(store, runner, program.map(probe::withQemu).orElse(probe), program));
  }

  /**
   * Opens the machines of a state directory, made if need be. What an earlier JVM left behind when
   * it died is cleared.
   *
   * @param directory the state directory
   * @return the driver
   * @throws io.vmkit.error.StorageFault when the directory cannot be made or read
   */
  public static QemuDriver in(Path directory) {
    return in(StateDirectory.at(directory), Optional.empty());
  }

  /**
   * Opens the machines of a state directory. What an earlier JVM left behind when it died is
   * cleared.
   *
   * @param state the state directory
   * @param program the QEMU to run; empty for {@code qemu-system-ARCH} in {@code PATH}
   * @return the driver
   * @throws io.vmkit.error.StorageFault when the directory cannot be read
   */
  public static QemuDriver in(StateDirectory state, Optional<Path> program) {
    // jnr's native part takes longer to load than QEMU to start: load it meanwhile.
    Thread loader = new Thread(QmpClient::warmUp, "vmkit-warm-up");
    loader.setDaemon(true);
    loader.start();
    state.clientKey(); // Made now, so that planning a machine changes nothing.
    QemuDriver driver = new QemuDriver(state, program);
    new Leftovers(driver.store).clear();
    return driver;
  }

  @Override
  public String name() {
    return "direct";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public Optional<Provisioner> provisioner() {
    return Optional.of(this);
  }

  @Override
  public Optional<GuestAccess> guestAccess() {
    return Optional.of(this);
  }

  @Override
  public List<DomainRef> list() {
    return store.list().stream().map(QemuDriver::ref).toList();
  }

  @Override
  public Optional<DomainRef> find(String name) {
    return store.find(VmName.of(name)).map(QemuDriver::ref);
  }

  private static DomainRef ref(MachineRecord machine) {
    return new DomainRef(machine.name(), UUID.fromString(machine.uuid()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>A machine whose monitor another process holds is {@code RUNNING} as long as its QEMU lives.
   */
  @Override
  public DomainInfo inspect(DomainRef ref) {
    MachineRecord machine = live.require(ref);
    Optional<RunRecord> run = store.run(VmName.of(ref.name()));
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("image", machine.image());
    run.ifPresent(each -> properties.put("accelerator", each.accelerator()));
    return new DomainInfo(
        ref,
        run.map(each -> state(ref)).orElse(DomainState.STOPPED),
        MemorySize.bytes(machine.memory()),
        machine.cpus(),
        run.map(each -> OptionalLong.of(each.process().pid())).orElse(OptionalLong.empty()),
        properties);
  }

  private DomainState state(DomainRef ref) {
    try {
      return live.find(ref).map(machine -> machine.state()).orElse(DomainState.RUNNING);
    } catch (ProtocolFailure e) {
      if (live.awaitStopped(ref, LAST_MOMENTS)) {
        return DomainState.STOPPED; // It ended while it was asked.
      }
      throw e;
    }
  }

  @Override
  public void start(DomainRef ref) {
    live.start(ref);
  }

  @Override
  public void requestShutdown(DomainRef ref) {
    live.attach(ref).qmp().systemPowerdown();
  }

  @Override
  public void stop(DomainRef ref) {
    live.stop(ref);
  }

  @Override
  public boolean awaitStopped(DomainRef ref, Duration timeout) {
    return live.awaitStopped(ref, timeout);
  }

  @Override
  public Subscription<DomainEvent> events(Predicate<? super DomainEvent> filter) {
    return live.events(filter);
  }

  @Override
  public Plan planCreate(DomainSpec spec) {
    live.checkOpen("create vm " + spec.name());
    return new CreatePlan(store, images, spec, bound::add).make();
  }

  @Override
  public Plan planDelete(DomainRef ref) {
    live.require(ref);
    return Plan.of(
        "delete vm " + ref,
        List.of(
            Step.of(StepDescription.of("stop vm", ref), () -> live.stop(ref)),
            Step.of(
                StepDescription.of(
                    "remove directory", store.files(VmName.of(ref.name())).directory()),
                () -> {
                  live.remove(ref);
                  bound.remove(ref);
                })));
  }

  @Override
  public GuestLink guest(DomainRef ref) {
    return live.attach(ref);
  }

  @Override
  public Evidence evidence(DomainRef ref) {
    return MachineEvidence.of(store.files(VmName.of(ref.name())));
  }

  private void deleteIfThere(DomainRef ref) {
    if (find(ref.name()).filter(ref::equals).isPresent()) {
      planDelete(ref).run(Progress.none());
    }
  }

  @Override
  public void close() {
    @Nullable VmkitException first = null;
    for (DomainRef ref : bound) {
      try {
        Uninterrupted.run(() -> deleteIfThere(ref));
      } catch (VmkitException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    live.close();
    if (first != null) {
      throw first;
    }
  }
}
