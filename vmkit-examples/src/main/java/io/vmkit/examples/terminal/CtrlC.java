package io.vmkit.examples.terminal;

import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.VmkitException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a program end cleanly at Ctrl-C or SIGTERM: the main thread is interrupted, its {@code
 * try}-with-resources clear up, and only then does the JVM end.
 */
public final class CtrlC {
  /** How long clearing up may take before the JVM ends all the same. */
  private static final long PATIENCE_MILLIS = 30_000;

  private CtrlC() {}

  /**
   * Runs a program and ends the JVM: with 0, or with 1 and the error's message when it fails. After
   * Ctrl-C the JVM's own status for the signal stays.
   *
   * @param program the program
   */
  public static void guard(Runnable program) {
    Thread main = Thread.currentThread();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread hook =
        new Thread(
            () -> {
              interrupted.set(true);
              main.interrupt();
              join(main);
            });
    Runtime.getRuntime().addShutdownHook(hook);
    boolean well = run(program, interrupted);
    if (!interrupted.get()) {
      Runtime.getRuntime().removeShutdownHook(hook);
      System.exit(well ? 0 : 1);
    }
  }

  private static boolean run(Runnable program, AtomicBoolean interrupted) {
    try {
      program.run();
      return true;
    } catch (VmkitException e) {
      boolean asWished = interrupted.get() && e instanceof OperationInterrupted;
      System.err.println(asWished ? "interrupted, cleared up" : e.getMessage());
      return false;
    }
  }

  private static void join(Thread main) {
    try {
      main.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
