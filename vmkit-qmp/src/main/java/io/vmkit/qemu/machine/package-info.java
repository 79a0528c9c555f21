/**
 * Machines on disk and machines that run.
 *
 * <pre>
 * vm.json  ↔ MachineRecord   what a machine is       MachineStore reads and writes both
 * run.json ↔ RunRecord       where its QEMU is
 *                             └ RunningMachine: monitor, console and agent of a live QEMU
 * </pre>
 */
@NullMarked
package io.vmkit.qemu.machine;

import org.jspecify.annotations.NullMarked;
