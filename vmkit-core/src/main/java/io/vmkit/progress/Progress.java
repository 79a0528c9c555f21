package io.vmkit.progress;

import java.util.OptionalLong;

/** Takes the progress of long operations: a bar on a terminal, a log, nothing. */
@FunctionalInterface
public interface Progress {
  /**
   * A task begins. May be called by any thread; each task is then used by one.
   *
   * @param name what is being done, for people
   * @param total how much there is to do, in units; empty when that is not known
   * @param unit the unit: {@code "B"} for bytes, {@code "steps"}
   * @return the task, to be closed when it ends, well or not
   */
  Task begin(String name, OptionalLong total, String unit);

  /** {@return a progress that nobody watches} */
  static Progress none() {
    return (name, total, unit) -> done -> {};
  }

  /** One task under way. */
  @FunctionalInterface
  interface Task extends AutoCloseable {
    /**
     * So much is done.
     *
     * @param units units done since the beginning, never fewer than before
     */
    void done(long units);

    /**
     * Something worth saying happened; ignored unless overridden.
     *
     * @param line one line for people
     */
    default void note(String line) {}

    /** The task has ended. */
    @Override
    default void close() {}
  }
}
