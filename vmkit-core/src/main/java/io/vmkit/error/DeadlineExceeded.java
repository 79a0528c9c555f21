package io.vmkit.error;

import org.jspecify.annotations.Nullable;

/** Time ran out. Carries the phase in which it did and everything known at that moment. */
public final class DeadlineExceeded extends VmkitException {
  private static final long serialVersionUID = 1L;

  private final String phase;
  private final Evidence evidence;

  /**
   * Creates the error.
   *
   * @param attempted what was being done
   * @param phase how far it had come
   * @param evidence what was known, collected before any clean-up
   * @param nextStep what the reader can do about it
   * @param cause the error underneath, or null
   */
  public DeadlineExceeded(
      String attempted,
      String phase,
      Evidence evidence,
      String nextStep,
      @Nullable Throwable cause) {
    super(attempted, "time ran out while " + phase, evidence.after(nextStep), cause);
    this.phase = phase;
    this.evidence = evidence;
  }

  /** {@return how far it had come} */
  public String phase() {
    return phase;
  }

  /** {@return what was known, by source} */
  public Evidence evidence() {
    return evidence;
  }
}
