package io.vmkit.driver;

import java.time.Instant;

/**
 * Something happened to a machine.
 *
 * @param ref to which
 * @param kind what
 * @param at when
 * @param detail the particulars in the driver's own words; empty when there are none
 */
public record DomainEvent(DomainRef ref, Kind kind, Instant at, String detail) {
  /** What can happen. */
  public enum Kind {
    /** Its processors began to run. */
    STARTED,
    /** Its processors stand still. */
    PAUSED,
    /** Its processors run again. */
    RESUMED,
    /** It began anew without losing power. */
    RESET,
    /** It was asked by ACPI to shut down. */
    SHUTDOWN_REQUESTED,
    /** It has no power any more. */
    STOPPED,
    /** Its kernel panicked. */
    PANICKED,
    /** A disk of its could not be read or written. */
    IO_ERROR,
    /** A guest agent opened its channel. */
    AGENT_CONNECTED,
    /** The guest agent went away. */
    AGENT_DISCONNECTED,
    /** Anything else; the detail says what. */
    OTHER
  }
}
