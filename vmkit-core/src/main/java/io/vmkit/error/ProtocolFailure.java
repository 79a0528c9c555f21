package io.vmkit.error;

import org.jspecify.annotations.Nullable;

/** A peer broke its protocol, or the connection ended in the middle of a conversation. */
public final class ProtocolFailure extends VmkitException {
  private static final long serialVersionUID = 1L;

  private final String sent;
  private final String received;

  /**
   * Creates the error.
   *
   * @param attempted what was being done
   * @param sent the last message sent, redacted and bounded; empty when there was none
   * @param received what came, redacted and bounded
   * @param nextStep what the reader can do about it
   * @param cause the error underneath, or null
   */
  public ProtocolFailure(
      String attempted, String sent, String received, String nextStep, @Nullable Throwable cause) {
    super(
        attempted, sent.isEmpty() ? received : received + " (after " + sent + ")", nextStep, cause);
    this.sent = sent;
    this.received = received;
  }

  /** {@return the last message sent; empty when there was none} */
  public String sent() {
    return sent;
  }

  /** {@return what came instead of the expected message} */
  public String received() {
    return received;
  }
}
