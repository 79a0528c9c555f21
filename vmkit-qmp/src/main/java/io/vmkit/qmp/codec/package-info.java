/**
 * Bytes to messages and back, for QMP and for the guest agent. Knows no socket, no thread and no
 * error of the tree: what cannot be read is a {@link io.vmkit.qmp.codec.MalformedMessage}, which
 * the session turns into a {@code ProtocolFailure}.
 *
 * <pre>
 * bytes ─→ JsonFramer ─→ one JSON object ─→ JsonTrees ─→ tree ─┬→ QmpDecoder ──→ QmpMessage
 *          (bounded)                         (bounded)         └→ AgentDecoder ─→ AgentAnswer
 * QmpCommand, AgentCommand ─→ JsonTrees ─→ bytes
 * </pre>
 *
 * <p>Trees are Jackson's {@code JsonNode}, made without an {@code ObjectMapper}, whose start alone
 * would cost a large part of what vmkit may add to a cold start.
 *
 * @see <a href="https://www.qemu.org/docs/master/interop/qmp-spec.html">QEMU Machine Protocol
 *     Specification</a>
 */
@NullMarked
package io.vmkit.qmp.codec;

import org.jspecify.annotations.NullMarked;
