package io.vmkit.value;

import io.vmkit.error.InvalidSpec;
import java.util.Locale;

/** The processor architecture of a guest, by the name QEMU gives it. */
public enum Architecture {
  /** 64-bit x86; Debian calls it amd64. */
  X86_64("x86_64", "amd64"),
  /** 64-bit Arm; Debian calls it arm64. */
  AARCH64("aarch64", "arm64");

  private final String qemuName;
  private final String debianName;

  Architecture(String qemuName, String debianName) {
    this.qemuName = qemuName;
    this.debianName = debianName;
  }

  /**
   * {@return the architecture of this host}
   *
   * @throws InvalidSpec when vmkit does not know it
   */
  public static Architecture ofHost() {
    return parse(System.getProperty("os.arch"));
  }

  /**
   * {@return the architecture of that name}
   *
   * @param name QEMU's, Debian's or Java's name, any case
   * @throws InvalidSpec when there is none
   */
  public static Architecture parse(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    for (Architecture each : values()) {
      if (wanted.equals(each.qemuName) || wanted.equals(each.debianName)) {
        return each;
      }
    }
    throw new InvalidSpec(
        "choose an architecture", "'" + name + "' is not known", "use x86_64 or aarch64");
  }

  /** {@return the name in QEMU, as in {@code qemu-system-x86_64}} */
  public String qemuName() {
    return qemuName;
  }

  /** {@return the name in Debian's archive} */
  public String debianName() {
    return debianName;
  }
}
