package io.vmkit.error;

/**
 * A driver lacks a capability that the call needs; thrown when the plan is made, never half-way.
 */
public final class Unsupported extends VmkitException {
  private static final long serialVersionUID = 1L;

  private final String capability;

  /**
   * Creates the error.
   *
   * @param attempted what was being done
   * @param driver the driver's name
   * @param capability what it lacks
   * @param nextStep what the reader can do about it
   */
  public Unsupported(String attempted, String driver, String capability, String nextStep) {
    super(attempted, "driver " + driver + " has no " + capability, nextStep, null);
    this.capability = capability;
  }

  /** {@return the name of the capability that is lacking} */
  public String capability() {
    return capability;
  }
}
