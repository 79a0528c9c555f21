/**
 * A machine's record as QEMU's command line. Each device has one contributor; the order of
 * contributors is the order of the arguments. Nothing here starts anything.
 *
 * <pre>
 * MachineRecord + files + accelerator → QemuCommandLine → contributors → argv
 * </pre>
 */
@NullMarked
package io.vmkit.qemu.argv;

import org.jspecify.annotations.NullMarked;
