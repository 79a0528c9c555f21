/**
 * QEMU without a daemon: machines in a state directory, each a QEMU process of the caller's user.
 *
 * <pre>
 * DomainSpec → CreatePlan → vm.json, disk, seed
 *              Launch      → argv → QEMU (background, processors standing) → monitor → cont
 *              RunningMachine: events, console, agent
 * </pre>
 */
@NullMarked
package io.vmkit.qemu;

import org.jspecify.annotations.NullMarked;
