package io.vmkit.qemu;

import io.vmkit.process.HostProcess;
import io.vmkit.qemu.machine.MachineRecord;
import io.vmkit.qemu.machine.MachineStore;
import io.vmkit.qemu.machine.RunRecord;
import io.vmkit.spec.Lifetime;
import io.vmkit.state.DurableFiles;
import io.vmkit.state.LockFile;
import io.vmkit.value.VmName;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears what a JVM that died without closing has left: half-made machines, and bound machines
 * whose owner is gone. What another process holds the lock of is left alone.
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
        if (lock != null && isLeftOver(name)) {
          LOG.info("clearing what an earlier process left of vm {}", name);
          store.run(name).map(RunRecord::process).ifPresent(HostProcess::kill);
          DurableFiles.removeTree(store.files(name).directory());
        }
      }
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
