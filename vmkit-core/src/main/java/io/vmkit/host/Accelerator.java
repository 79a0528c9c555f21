package io.vmkit.host;

import java.time.Duration;
import java.util.Optional;

/**
 * How QEMU shall execute a guest's code, and why.
 *
 * @param kind the accelerator
 * @param reason why this one, for people
 * @param mendingLine what to type so that KVM can be used; empty when it is used, or when nothing
 *     that can be typed would help
 * @param tcgTime how long TCG took for the probe's program; empty when it was not run
 * @param kvmTime how long KVM took for it; empty when it was not run or did not end in time
 */
public record Accelerator(
    Kind kind,
    String reason,
    Optional<String> mendingLine,
    Optional<Duration> tcgTime,
    Optional<Duration> kvmTime) {

  /** The accelerators of QEMU that vmkit uses. */
  public enum Kind {
    /** The processor's own virtualisation, through the Linux kernel. */
    KVM("kvm"),
    /** Emulation by translation; works everywhere. */
    TCG("tcg");

    private final String qemuName;

    Kind(String qemuName) {
      this.qemuName = qemuName;
    }

    /** {@return the name that QEMU's {@code -accel} takes} */
    public String qemuName() {
      return qemuName;
    }
  }

  static Accelerator tcg(String reason) {
    return new Accelerator(Kind.TCG, reason, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Accelerator refused(KvmDevice device) {
    return new Accelerator(
        Kind.TCG,
        device.refusal().orElse(""),
        device.mendingLine(),
        Optional.empty(),
        Optional.empty());
  }

  static Accelerator measured(
      Kind kind, String reason, Duration tcgTime, Optional<Duration> kvmTime) {
    return new Accelerator(kind, reason, Optional.empty(), Optional.of(tcgTime), kvmTime);
  }

  /** {@return kind and reason, as in {@code "tcg: there is no /dev/kvm"}} */
  @Override
  public String toString() {
    return kind.qemuName() + ": " + reason;
  }
}
