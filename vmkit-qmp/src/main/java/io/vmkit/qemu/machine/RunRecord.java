package io.vmkit.qemu.machine;

import io.vmkit.process.HostProcess;
import java.util.List;
import java.util.Objects;

/**
 * Where a machine's QEMU is, as it stands in {@code run.json} while it runs.
 *
 * @param process the QEMU process
 * @param accelerator what executes it: {@code kvm} or {@code tcg}
 * @param forwards ports of the host that lead into the guest, as QEMU picked them
 */
public record RunRecord(
    HostProcess process, String accelerator, List<MachineRecord.Forward> forwards) {
  /**
   * Sees to it that what must be there is there, whatever a file said.
   *
   * @param process the QEMU process
   * @param accelerator what executes it
   * @param forwards ports of the host that lead into the guest
   */
  public RunRecord {
    Objects.requireNonNull(process, "process");
    Objects.requireNonNull(accelerator, "accelerator");
    forwards = List.copyOf(forwards);
  }
}
