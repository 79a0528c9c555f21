package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What the guest does when cloud-init is done (cloud-config {@code power_state}).
 *
 * @param mode what it does
 * @param delay how long after, in whole minutes; zero is at once
 * @param message what logged-in users are told; may be empty
 */
public record PowerState(Mode mode, Duration delay, String message) {
  /** What the guest does. */
  public enum Mode {
    /** It switches itself off. */
    POWEROFF,
    /** It boots again. */
    REBOOT,
    /** It stops, but stays on. */
    HALT
  }

  /**
   * Validates the state.
   *
   * @param mode what the guest does
   * @param delay how long after
   * @param message what users are told
   * @throws InvalidSpec when the delay is negative or no whole minutes
   */
  public PowerState {
    if (delay.isNegative() || delay.toSeconds() % 60 != 0 || delay.toNanosPart() != 0) {
      throw new InvalidSpec(
          "set the power state", delay + " is no delay in whole minutes", "use Duration.ofMinutes");
    }
  }

  /**
   * {@return the change at once, without a message}
   *
   * @param mode what the guest does
   */
  public static PowerState now(Mode mode) {
    return new PowerState(mode, Duration.ZERO, "");
  }

  Map<String, Object> yaml() {
    Object minutes = delay.isZero() ? "now" : delay.toMinutes();
    return new Tree()
        .put("mode", mode.name().toLowerCase(Locale.ROOT))
        .put("delay", minutes)
        .putPresent("message", message)
        .frozen();
  }
}
