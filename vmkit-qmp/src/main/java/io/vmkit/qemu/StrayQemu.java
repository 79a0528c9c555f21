package io.vmkit.qemu;

import io.vmkit.process.HostProcess;
import io.vmkit.state.StateLayout.VmFiles;
import java.time.Duration;
import java.util.List;

/**
 * QEMU processes of a machine that no {@code run.json} tells of: whoever started them died, or gave
 * up, before it was written. They are known by their arguments, since a QEMU in the background has
 * left its starter's process tree, and may not have come to writing its process id.
 */
final class StrayQemu {
  private static final Duration KILL = Duration.ofSeconds(10);

  private StrayQemu() {}

  /** Ends them; the caller holds the machine's lock. */
  static void end(VmFiles files) {
    List<HostProcess> strays = HostProcess.withArguments("-pidfile", files.pidFile().toString());
    strays.forEach(HostProcess::kill);
    strays.forEach(stray -> stray.awaitEnd(KILL));
  }
}
