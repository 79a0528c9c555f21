package io.vmkit.error;

import org.jspecify.annotations.Nullable;

/** The name is taken; what has it is left as it was. */
public final class AlreadyExists extends VmkitException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the error.
   *
   * @param attempted what was being done
   * @param cameBack what happened instead
   * @param nextStep what the reader can do about it
   */
  public AlreadyExists(String attempted, String cameBack, String nextStep) {
    this(attempted, cameBack, nextStep, null);
  }

  /**
   * Creates the error with the error underneath.
   *
   * @param attempted what was being done
   * @param cameBack what happened instead
   * @param nextStep what the reader can do about it
   * @param cause the error underneath, or null
   */
  public AlreadyExists(
      String attempted, String cameBack, String nextStep, @Nullable Throwable cause) {
    super(attempted, cameBack, nextStep, cause);
  }
}
