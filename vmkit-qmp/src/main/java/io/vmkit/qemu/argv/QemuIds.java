package io.vmkit.qemu.argv;

/** Ids of devices by which the monitor's events and answers name them. */
public final class QemuIds {
  /** The agent's end of its channel. */
  public static final String AGENT_PORT = "agent";

  /** The chardev of the agent's channel. */
  public static final String AGENT_CHARDEV = "agent0";

  private QemuIds() {}
}
