package io.vmkit.plan;

/** Clean-up that an interrupt must not cut short: the flag is put aside while it runs. */
public final class Uninterrupted {
  private Uninterrupted() {}

  /**
   * Runs something with the thread's interrupt flag cleared, and sets the flag again afterwards if
   * it was set.
   *
   * @param cleanUp what to run
   */
  public static void run(Runnable cleanUp) {
    boolean interrupted = Thread.interrupted();
    try {
      cleanUp.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
