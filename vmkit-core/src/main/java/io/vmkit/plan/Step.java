package io.vmkit.plan;

/** One step of a plan: what it does as data, how it is done, how it is undone. */
public final class Step {
  private final StepDescription description;
  private final Runnable action;
  private final Runnable undo;

  private Step(StepDescription description, Runnable action, Runnable undo) {
    this.description = description;
    this.action = action;
    this.undo = undo;
  }

  /**
   * {@return a step}
   *
   * @param description what it does
   * @param action does it; interruptible where it waits
   * @param undo takes back what the action did, in whole or in part, and does nothing when there is
   *     nothing to take back: it also runs when the action itself failed
   */
  public static Step of(StepDescription description, Runnable action, Runnable undo) {
    return new Step(description, action, undo);
  }

  /**
   * {@return a step that leaves nothing to be taken back}
   *
   * @param description what it does
   * @param action does it
   */
  public static Step of(StepDescription description, Runnable action) {
    return new Step(description, action, () -> {});
  }

  /** {@return what the step does} */
  public StepDescription description() {
    return description;
  }

  void run() {
    action.run();
  }

  void undo() {
    undo.run();
  }

  /** {@return the description} */
  @Override
  public String toString() {
    return description.toString();
  }
}
