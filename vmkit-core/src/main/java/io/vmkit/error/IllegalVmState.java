package io.vmkit.error;

/** The machine is not in a state in which the operation makes sense; nothing was done. */
public final class IllegalVmState extends VmkitException {
  private static final long serialVersionUID = 1L;

  private final String actual;
  private final String required;

  /**
   * Creates the error.
   *
   * @param attempted what was being done
   * @param actual the state found
   * @param required the state or states in which it can be done
   * @param nextStep what the reader can do about it
   */
  public IllegalVmState(String attempted, String actual, String required, String nextStep) {
    super(attempted, "it is " + actual + ", not " + required, nextStep, null);
    this.actual = actual;
    this.required = required;
  }

  /** {@return the state found} */
  public String actual() {
    return actual;
  }

  /** {@return the state or states in which the operation can be done} */
  public String required() {
    return required;
  }
}
