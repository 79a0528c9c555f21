package io.vmkit.host;

/** How UEFI firmware shall treat unsigned boot loaders. */
public enum SecureBoot {
  /** It starts anything. */
  OFF,
  /** It can check signatures, but holds no keys yet: setup mode. */
  WITHOUT_KEYS,
  /** It starts only what the keys enrolled by its vendor have signed. */
  WITH_ENROLLED_KEYS;

  /** Whether firmware of these features fits. */
  boolean suits(UefiFirmware firmware) {
    return firmware.hasSecureBoot() == (this != OFF)
        && firmware.hasEnrolledKeys() == (this == WITH_ENROLLED_KEYS);
  }
}
