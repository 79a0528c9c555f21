/**
 * Typed clients of a running QEMU and of the agent in its guest.
 *
 * <pre>
 * QmpClient ───→ session.QmpSession ───→ codec ───→ QEMU's monitor socket
 * AgentClient ─→ session.AgentSession ─→ codec ───→ the socket behind the guest's agent port
 * </pre>
 */
@NullMarked
package io.vmkit.qmp;

import org.jspecify.annotations.NullMarked;
