package io.vmkit.qmp;

import java.util.Locale;

/**
 * What a machine's processors are doing, and why ({@code RunState} in QEMU's qapi/run-state.json).
 */
public enum RunState {
  /** Stopped by a debugger. */
  DEBUG,
  /** Waiting for an incoming migration, or for a template's state. */
  INMIGRATE,
  /** Stopped by an error inside QEMU. */
  INTERNAL_ERROR,
  /** Stopped because a disk failed, as when the host's disk is full. */
  IO_ERROR,
  /** Stopped by a command. */
  PAUSED,
  /** Stopped because its state has gone elsewhere. */
  POSTMIGRATE,
  /** Not started yet ({@code -S}). */
  PRELAUNCH,
  /** Stopped at the end of an outgoing migration. */
  FINISH_MIGRATE,
  /** Its state is being restored. */
  RESTORE_VM,
  /** Running. */
  RUNNING,
  /** Its state is being saved. */
  SAVE_VM,
  /** The guest has shut down and QEMU was told to stay ({@code -no-shutdown}). */
  SHUTDOWN,
  /** The guest sleeps (ACPI S3). */
  SUSPENDED,
  /** Stopped by its watchdog. */
  WATCHDOG,
  /** Stopped because the guest's kernel panicked. */
  GUEST_PANICKED,
  /** In COLO replication. */
  COLO,
  /** A state that this list does not know; see {@link QmpStatus#name}. */
  OTHER;

  /**
   * {@return the state of that name, or {@link #OTHER}}
   *
   * @param name QEMU's own, such as {@code guest-panicked}
   */
  public static RunState of(String name) {
    String wanted = name.toUpperCase(Locale.ROOT).replace('-', '_');
    for (RunState state : values()) {
      if (state.name().equals(wanted)) {
        return state;
      }
    }
    return OTHER;
  }
}
