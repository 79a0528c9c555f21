package io.vmkit.qemu;

import io.vmkit.driver.DomainRef;
import io.vmkit.error.AlreadyExists;
import io.vmkit.error.HostLacks;
import io.vmkit.error.InvalidSpec;
import io.vmkit.host.FirmwareCatalog;
import io.vmkit.host.HostCheck;
import io.vmkit.host.SecureBoot;
import io.vmkit.host.UefiFirmware;
import io.vmkit.host.UefiFirmware.Template;
import io.vmkit.image.BaseDisk;
import io.vmkit.image.DiskFormat;
import io.vmkit.image.KernelBoot;
import io.vmkit.image.QemuImg;
import io.vmkit.plan.Plan;
import io.vmkit.plan.Step;
import io.vmkit.plan.StepDescription;
import io.vmkit.process.HostProcess;
import io.vmkit.qemu.machine.MachineRecord;
import io.vmkit.qemu.machine.MachineRecord.Disk;
import io.vmkit.qemu.machine.MachineRecord.DiskFile;
import io.vmkit.qemu.machine.MachineRecord.Flash;
import io.vmkit.qemu.machine.MachineRecord.Forward;
import io.vmkit.qemu.machine.MachineRecord.Kernel;
import io.vmkit.qemu.machine.MachineRecord.Login;
import io.vmkit.qemu.machine.MachineRecord.Nic;
import io.vmkit.qemu.machine.MachineStore;
import io.vmkit.spec.DiskSpec;
import io.vmkit.spec.DomainSpec;
import io.vmkit.spec.Firmware;
import io.vmkit.spec.Lifetime;
import io.vmkit.spec.NicSpec;
import io.vmkit.spec.SeedContext;
import io.vmkit.spec.SeedImage;
import io.vmkit.state.DurableFiles;
import io.vmkit.state.LockFile;
import io.vmkit.state.StateLayout.VmFiles;
import io.vmkit.value.MacAddress;
import io.vmkit.value.MemorySize;
import io.vmkit.value.SshKeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The steps that make one machine. Everything that can be wrong is found when they are listed. */
final class CreatePlan {
  private static final int SSH_PORT = 22;

  private final MachineStore store;
  private final QemuImg images;
  private final DomainSpec spec;
  private final Consumer<DomainRef> boundMade;
  private final VmFiles files;
  private final List<Step> steps = new ArrayList<>();
  private @Nullable LockFile lock;

  /**
   * @param boundMade told of a machine that ends with this JVM, once it exists
   */
  CreatePlan(MachineStore store, QemuImg images, DomainSpec spec, Consumer<DomainRef> boundMade) {
    this.boundMade = boundMade;
    this.store = store;
    this.images = images;
    this.spec = spec;
    this.files = store.files(spec.name());
  }

  Plan make() {
    if (store.find(spec.name()).isPresent()) {
      throw taken();
    }
    HostCheck.ofHost().emulator(spec.architecture());
    files.serialSocket(); // The longest of the socket paths: a StorageFault now beats one at start.
    Optional<UefiFirmware> firmware = firmware();
    SshKeyPair hostKey = SshKeyPair.ed25519(spec.hostname());
    SshKeyPair loginKey = spec.loginKey().orElseGet(store.state()::clientKey);
    Optional<SeedImage> seed =
        spec.seed().map(source -> source.seedFor(context(hostKey, loginKey)));
    steps.add(reserve());
    List<Disk> disks = new ArrayList<>();
    spec.image().disk().ifPresent(base -> disks.add(overlay(base)));
    for (int i = 0; i < spec.disks().size(); i++) {
      disks.add(extraDisk(i, spec.disks().get(i)));
    }
    firmware.ifPresent(found -> steps.add(nvram(found)));
    seed.ifPresent(image -> steps.add(writeSeed(image)));
    spec.loginKey().ifPresent(key -> steps.add(writeLoginKey(key)));
    MachineRecord machine = record(disks, firmware, seed, hostKey, loginKey);
    steps.add(commit(machine));
    return Plan.of("create vm " + spec.name(), steps);
  }

  private AlreadyExists taken() {
    return new AlreadyExists(
        "create vm " + spec.name(),
        "there is one of that name",
        "delete it or choose another name");
  }

  private SeedContext context(SshKeyPair hostKey, SshKeyPair loginKey) {
    return new SeedContext(
        spec.name(), spec.hostname(), List.of(loginKey.publicKey()), Optional.of(hostKey));
  }

  private Optional<UefiFirmware> firmware() {
    if (spec.firmware() != Firmware.UEFI) {
      return Optional.empty();
    }
    if (spec.image().kernelBoot().isPresent()) {
      throw new InvalidSpec(
          "create vm " + spec.name(),
          "firmware(UEFI) is set, but image " + spec.image().label() + " brings its own kernel",
          "leave the firmware, or use an image that boots by itself");
    }
    UefiFirmware found =
        FirmwareCatalog.ofHost().require(spec.architecture(), "q35", SecureBoot.OFF);
    return Optional.of(found);
  }

  /** Takes the name: from here to the commit no other process can make or remove it. */
  private Step reserve() {
    return Step.of(
        StepDescription.of("make directory", files.directory()),
        () -> {
          lock = store.lock(spec.name());
          if (store.find(spec.name()).isPresent()) {
            release();
            throw taken();
          }
          DurableFiles.removeTree(files.directory()); // What a crash left: it has no record.
          DurableFiles.makePrivateDirectory(files.directory());
        },
        () -> {
          // Without the lock the directory is not ours: the name was taken.
          if (lock != null) {
            DurableFiles.removeTree(files.directory());
            release();
          }
        });
  }

  private void release() {
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }

  private Disk overlay(BaseDisk base) {
    MemorySize size = spec.diskSize().orElse(base.virtualSize());
    steps.add(
        Step.of(
            StepDescription.of("create overlay", files.disk())
                .with("over", base.file())
                .with("format", base.format().qemuName())
                .with("size", size),
            () -> images.createOverlay(files.disk(), base, size)));
    DiskFile top = new DiskFile(files.disk().toString(), DiskFormat.QCOW2.qemuName());
    DiskFile backing = new DiskFile(base.file().toString(), base.format().qemuName());
    return new Disk(top, backing, false, null);
  }

  private Disk extraDisk(int index, DiskSpec disk) {
    Path file = disk.file().orElseGet(() -> files.extraDisk(index));
    disk.file().ifPresent(this::checkReadable);
    disk.size()
        .ifPresent(
            size ->
                steps.add(
                    Step.of(
                        StepDescription.of("create disk", file).with("size", size),
                        () -> images.createBlank(file, size))));
    return new Disk(
        new DiskFile(file.toString(), disk.format().qemuName()),
        null,
        disk.readOnly(),
        disk.serial().orElse(null));
  }

  private void checkReadable(Path file) {
    if (!Files.isReadable(file)) {
      throw new InvalidSpec(
          "create vm " + spec.name(),
          "its disk " + file + " is missing or cannot be read",
          "check the path and its permissions");
    }
  }

  private static Flash flash(UefiFirmware firmware) {
    return new Flash(
        firmware.code().toString(),
        firmware.codeFormat().qemuName(),
        template(firmware).format().qemuName());
  }

  private static Template template(UefiFirmware firmware) {
    return firmware
        .variables()
        .orElseThrow(
            () ->
                new HostLacks(
                    "copy UEFI variables",
                    firmware.description() + " has no template of them",
                    "install another firmware"));
  }

  private Step nvram(UefiFirmware firmware) {
    Path template = template(firmware).file();
    return Step.of(
        StepDescription.of("copy UEFI variables", files.nvram()).with("from", template),
        () -> {
          try {
            Files.copy(template, files.nvram());
          } catch (IOException e) {
            throw DurableFiles.fault("copy the UEFI variables to " + files.nvram(), e);
          }
        });
  }

  private Step writeSeed(SeedImage seed) {
    return Step.of(
        StepDescription.of("write seed", files.seed()).with("instance-id", seed.instanceId()),
        () -> seed.writeTo(files.seed()));
  }

  private Step writeLoginKey(SshKeyPair key) {
    return Step.of(
        StepDescription.of("write login key", files.loginKey()),
        () -> DurableFiles.replace(files.loginKey(), "rw-------", key.privateKey()));
  }

  private Step commit(MachineRecord machine) {
    return Step.of(
        StepDescription.of("register vm", spec.name())
            .with("memory", spec.memory())
            .with("cpus", spec.cpus())
            .with("image", spec.image().label())
            .with("lifetime", spec.lifetime()),
        () -> {
          store.write(machine);
          if (spec.lifetime() == Lifetime.BOUND) {
            boundMade.accept(new DomainRef(machine.name(), UUID.fromString(machine.uuid())));
          }
          release();
        });
  }

  private MachineRecord record(
      List<Disk> disks,
      Optional<UefiFirmware> firmware,
      Optional<SeedImage> seed,
      SshKeyPair hostKey,
      SshKeyPair loginKey) {
    return new MachineRecord(
        UUID.randomUUID().toString(),
        spec.name().value(),
        spec.hostname(),
        spec.image().label(),
        spec.image().key(),
        spec.architecture(),
        spec.memory().bytes(),
        spec.cpus(),
        spec.image().kernelBoot().map(CreatePlan::kernel).orElse(null),
        firmware.map(CreatePlan::flash).orElse(null),
        disks,
        nics(),
        seed.isPresent(),
        seed.flatMap(SeedImage::loginUser).map(user -> login(user, hostKey, loginKey)).orElse(null),
        spec.lifetime(),
        spec.lifetime() == Lifetime.BOUND ? HostProcess.current() : null);
  }

  private static Kernel kernel(KernelBoot boot) {
    return new Kernel(boot.kernel().toString(), boot.initrd().toString(), boot.commandLine());
  }

  private Login login(String user, SshKeyPair hostKey, SshKeyPair loginKey) {
    Path keyFile =
        spec.loginKey().isPresent() ? files.loginKey() : store.state().layout().clientKey();
    return new Login(user, hostKey.publicKey(), keyFile.toString(), loginKey.publicKey());
  }

  private List<Nic> nics() {
    List<Nic> nics = new ArrayList<>();
    for (int i = 0; i < spec.nics().size(); i++) {
      NicSpec nic = spec.nics().get(i);
      int index = i;
      String mac = nic.mac().orElseGet(() -> MacAddress.derivedFrom(spec.name(), index)).value();
      nics.add(new Nic(mac, forwards(nic, i == 0)));
    }
    return nics;
  }

  /** The first interface leads to SSH unless the caller forwards that port himself. */
  private List<Forward> forwards(NicSpec nic, boolean first) {
    List<Forward> forwards = new ArrayList<>();
    nic.forwards().forEach(each -> forwards.add(new Forward(each.guestPort(), each.hostPort())));
    boolean sshIsForwarded =
        spec.nics().stream()
            .flatMap(each -> each.forwards().stream())
            .anyMatch(each -> each.guestPort() == SSH_PORT);
    if (first && !sshIsForwarded) {
      forwards.add(new Forward(SSH_PORT, 0));
    }
    return forwards;
  }
}
