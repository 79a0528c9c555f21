package io.vmkit.error;

import org.jspecify.annotations.Nullable;

/** A machine did not start, or died while it was waited for. Carries everything known then. */
public final class MachineFailed extends VmkitException {
  private static final long serialVersionUID = 1L;

  private final Evidence evidence;

  /**
   * Creates the error.
   *
   * @param attempted what was being done
   * @param cameBack what happened instead
   * @param evidence what was known, collected before any clean-up
   * @param nextStep what the reader can do about it
   * @param cause the error underneath, or null
   */
  public MachineFailed(
      String attempted,
      String cameBack,
      Evidence evidence,
      String nextStep,
      @Nullable Throwable cause) {
    super(attempted, cameBack, evidence.after(nextStep), cause);
    this.evidence = evidence;
  }

  /** {@return what was known, by source} */
  public Evidence evidence() {
    return evidence;
  }
}
