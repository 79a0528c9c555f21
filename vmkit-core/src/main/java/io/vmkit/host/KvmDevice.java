package io.vmkit.host;

import java.util.List;
import java.util.Optional;

/**
 * Whether {@code /dev/kvm} can be opened, which is necessary for KVM but proves nothing.
 *
 * @param refusal why it cannot; empty when it can
 * @param mendingLine what to type so that it can
 */
record KvmDevice(Optional<String> refusal, Optional<String> mendingLine) {
  static final String PATH = "/dev/kvm";

  static KvmDevice of(HostRoot host, HostUser user) {
    if (!host.has(PATH)) {
      return module(host)
          .map(
              module ->
                  refused(
                      "its module is not loaded",
                      Optional.of(mending(user).asRoot("modprobe " + module))))
          .orElseGet(
              () ->
                  refused(
                      "the processor shows no virtualisation (vmx, svm), which is switched off in"
                          + " the firmware's set-up, or by the host around this machine",
                      Optional.empty()));
    }
    if (!host.mayOpen(PATH)) {
      return new KvmDevice(
          Optional.of(user.name() + " may not open " + PATH),
          Optional.of(mending(user).open(PATH, host.groupOf(PATH))));
    }
    return new KvmDevice(Optional.empty(), Optional.empty());
  }

  private static KvmDevice refused(String why, Optional<String> mendingLine) {
    return new KvmDevice(Optional.of("there is no " + PATH + ": " + why), mendingLine);
  }

  /** No package is named here, so the distribution does not matter. */
  private static Mending mending(HostUser user) {
    return new Mending(false, user);
  }

  /** {@return the kernel module for the processor; empty when it has no use for one} */
  private static Optional<String> module(HostRoot host) {
    List<String> flags =
        host.lines("/proc/cpuinfo").stream()
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(line -> List.of(line.split("\\s+", -1)))
            .orElse(List.of());
    if (flags.contains("vmx")) {
      return Optional.of("kvm_intel");
    }
    return flags.contains("svm") ? Optional.of("kvm_amd") : Optional.empty();
  }
}
