/**
 * Conversations with QEMU and with the guest agent: who waits for which answer, and what happens
 * when none comes.
 *
 * <pre>
 * callers ──submit──→ QmpSession ──write──→ Transport ═══ QEMU
 *    ↑                    │ reader thread ←─read─┘
 *    └──PendingReply──────┤ (by id)
 *       EventQueue ←──────┘ (by filter, one a listener)
 * </pre>
 *
 * <p>One daemon thread a conversation reads; it never runs long on behalf of a listener and never
 * blocks on one. Writing happens on the caller's thread. The end of a conversation, whoever brings
 * it about, wakes every waiter with a {@link io.vmkit.error.ProtocolFailure} that says what came
 * and what had been sent last.
 */
@NullMarked
package io.vmkit.qmp.session;

import org.jspecify.annotations.NullMarked;
