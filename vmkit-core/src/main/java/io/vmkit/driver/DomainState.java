package io.vmkit.driver;

/** What a machine is doing. */
public enum DomainState {
  /** It exists and has no power. */
  STOPPED,
  /** Its processors run. */
  RUNNING,
  /** It has power and its processors stand still. */
  PAUSED,
  /** It has power and cannot go on: a panic, an I/O error, an internal error of QEMU's. */
  FAILED
}
