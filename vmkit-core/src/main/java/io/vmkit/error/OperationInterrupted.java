package io.vmkit.error;

import org.jspecify.annotations.Nullable;

/** The calling thread was interrupted while it waited; its interrupt flag is set again. */
public final class OperationInterrupted extends VmkitException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the error and sets the thread's interrupt flag again.
   *
   * @param attempted what was being done
   * @param cause the error underneath, or null
   */
  public OperationInterrupted(String attempted, @Nullable Throwable cause) {
    super(attempted, "the thread was interrupted", "", cause);
    Thread.currentThread().interrupt();
  }
}
