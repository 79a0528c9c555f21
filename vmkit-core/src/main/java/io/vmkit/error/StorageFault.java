package io.vmkit.error;

import org.jspecify.annotations.Nullable;

/** The file system refused: disk full, directory unreadable, path too long, lock held. */
public final class StorageFault extends VmkitException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the error.
   *
   * @param attempted what was being done
   * @param cameBack what happened instead
   * @param nextStep what the reader can do about it
   */
  public StorageFault(String attempted, String cameBack, String nextStep) {
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
  public StorageFault(
      String attempted, String cameBack, String nextStep, @Nullable Throwable cause) {
    super(attempted, cameBack, nextStep, cause);
  }
}
