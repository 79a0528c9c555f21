package io.vmkit.guest;

/** What the guest agent shall make the guest do. */
public enum ShutdownMode {
  /** Shuts down and turns the power off. */
  POWER_DOWN("powerdown"),
  /** Shuts down and halts; the machine stays powered. */
  HALT("halt"),
  /** Shuts down and starts again. */
  REBOOT("reboot");

  private final String wireName;

  ShutdownMode(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }
}
