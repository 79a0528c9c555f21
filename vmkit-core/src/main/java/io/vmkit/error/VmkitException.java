package io.vmkit.error;

import org.jspecify.annotations.Nullable;

/**
 * Root of all errors of vmkit. Unchecked, immutable, and free of secrets.
 *
 * <p>The message has three parts: what was attempted, what came back, and what to do next.
 */
public abstract class VmkitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String attempted;
  private final String cameBack;
  private final String nextStep;

  /**
   * Creates an error.
   *
   * @param attempted what was being done, in the imperative: {@code "start vm web"}
   * @param cameBack what happened instead
   * @param nextStep what the reader can do about it
   * @param cause the error underneath, or null
   */
  protected VmkitException(
      String attempted, String cameBack, String nextStep, @Nullable Throwable cause) {
    super(attempted + ": " + cameBack + (nextStep.isEmpty() ? "" : "; " + nextStep), cause);
    this.attempted = attempted;
    this.cameBack = cameBack;
    this.nextStep = nextStep;
  }

  /** {@return what was being done} */
  public String attempted() {
    return attempted;
  }

  /** {@return what happened instead} */
  public String cameBack() {
    return cameBack;
  }

  /** {@return what the reader can do about it; empty when nothing sensible can be said} */
  public String nextStep() {
    return nextStep;
  }
}
