package io.vmkit.spec;

/** How long a machine exists. */
public enum Lifetime {
  /**
   * Until its handle, or the {@code Vmkit} that made it, is closed; then it is stopped and removed.
   */
  BOUND,
  /** Until somebody deletes it; it outlives the JVM, and another JVM finds it by its name. */
  PERSISTENT
}
