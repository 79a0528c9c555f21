package io.vmkit.guest;

import java.time.Duration;
import java.util.Map;

/**
 * A conversation with the QEMU guest agent inside a machine, however it travels: a socket of
 * QEMU's, a call of libvirt's. JSON is passed as plain values: {@code Map<String, Object>}, {@code
 * List}, {@code String}, {@code Long}, {@code Double}, {@code Boolean}. Thread-safe; calls take
 * turns, since the agent answers one at a time.
 *
 * @see <a href="https://www.qemu.org/docs/master/interop/qemu-ga-ref.html">QEMU Guest Agent
 *     Protocol Reference</a>
 */
public interface AgentChannel extends AutoCloseable {
  /**
   * Sends one command and waits for its answer. Interruptible.
   *
   * @param command the command, such as {@code guest-exec}
   * @param arguments its arguments by name; empty for none
   * @param timeout how long to wait for the turn and for the answer together
   * @return the answer's {@code return} value; an empty map where the command returns nothing
   * @throws io.vmkit.error.PeerRefused when the agent answers with an error
   * @throws io.vmkit.error.ProtocolFailure when the connection is lost or speaks something else
   * @throws io.vmkit.error.DeadlineExceeded when no answer comes in time, as when no agent runs
   * @throws io.vmkit.error.OperationInterrupted when the thread is interrupted
   */
  Object execute(String command, Map<String, ?> arguments, Duration timeout);

  /** Ends the conversation; waiters get a {@code ProtocolFailure}. Does nothing the second time. */
  @Override
  void close();
}
