package io.vmkit.guest;

/** What a driver tells those who wait for a guest. */
public enum GuestSignal {
  /** An agent opened its end of the channel. */
  AGENT_CONNECTED,
  /** The agent went away. */
  AGENT_DISCONNECTED,
  /** The machine has no power any more. */
  GONE
}
