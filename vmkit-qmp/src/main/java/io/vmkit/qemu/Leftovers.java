package io.vmkit.qemu;

import io.vmkit.error.StorageFault;
import io.vmkit.process.HostProcess;
import io.vmkit.qemu.machine.MachineRecord;
import io.vmkit.qemu.machine.MachineStore;
import io.vmkit.spec.Lifetime;
import io.vmkit.state.DurableFiles;
import io.vmkit.state.LockFile;
import io.vmkit.state.StateLayout.VmFiles;
import io.vmkit.value.VmName;
import java.nio.file.Files;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears what a JVM that died without closing has left: half-made machines, bound machines whose
 * owner is gone, and a QEMU that was being started. What another process holds the lock of is left
 * alone, and so is a machine whose record is damaged.
 */
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private final MachineStore store;

  Leftovers(MachineStore store) {
    this.store = store;
  }

  void clear() {
    for (VmName name : store.directories()) {
      try (LockFile lock = store.tryLock(name).orElse(null)) {
        if (lock != null) {
          clear(name);
        }
      } catch (StorageFault damaged) {
        LOG.warn("vm {} is left as it is: {}", name, damaged.getMessage());
      }
    }
  }

  private void clear(VmName name) {
    VmFiles files = store.files(name);
    if (isLeftOver(name)) {
      LOG.info("clearing what an earlier process left of vm {}", name);
      StrayQemu.end(files); // The one of run.json too.
      DurableFiles.removeTree(files.directory());
    } else if (Files.exists(files.pidFile()) && store.run(name).isEmpty()) {
      StrayQemu.end(files);
      store.clearRun(name);
    }
  }

  private boolean isLeftOver(VmName name) {
    Optional<MachineRecord> machine = store.find(name);
    return machine.isEmpty() || machine.filter(Leftovers::ownerIsGone).isPresent();
  }

  private static boolean ownerIsGone(MachineRecord machine) {
    HostProcess owner = machine.owner();
    return machine.lifetime() == Lifetime.BOUND && (owner == null || !owner.isAlive());
  }
}
