/**
 * The one tree of errors. Everything vmkit throws on its own account is a {@link
 * io.vmkit.error.VmkitException}, and each says what was attempted, what came back and what to do
 * next. Nothing here carries a secret.
 *
 * <pre>
 * VmkitException
 *  ├─ InvalidSpec        what was asked for cannot be: nothing was done
 *  ├─ Unsupported        this driver lacks the capability: nothing was done
 *  ├─ HostLacks          a tool or right is missing on the host, with the line that mends it
 *  ├─ DriverUnavailable  the hypervisor cannot be reached
 *  ├─ NotFound / AlreadyExists / IllegalVmState   the world is not as the call needs it
 *  ├─ ImageRejected      an image is missing, truncated, of the wrong digest or kind
 *  ├─ MachineFailed      a machine did not start or died, with the evidence
 *  ├─ CommandFailed      a host program ended badly
 *  ├─ PeerRefused        QEMU, libvirt or an agent answered with an error of its own
 *  ├─ ProtocolFailure    a peer broke its protocol or the connection was lost
 *  ├─ DeadlineExceeded   time ran out, with the evidence
 *  ├─ StorageFault       disk full, unreadable directory, path too long
 *  └─ OperationInterrupted   the thread was interrupted
 * </pre>
 */
@NullMarked
package io.vmkit.error;

import org.jspecify.annotations.NullMarked;
