package io.vmkit.driver;

/** What a driver may offer beyond {@link Driver} itself. */
public enum Capability {
  /** Machines can be made and removed: {@link Provisioner}. */
  PROVISION("provisioning"),
  /** Running machines can be entered: {@link GuestAccess}. */
  GUEST_ACCESS("guest access"),
  /** Kernels can be started without firmware. */
  KERNEL_BOOT("direct kernel boot"),
  /** UEFI with variables of the machine's own. */
  UEFI("UEFI firmware"),
  /** User networking with forwarded ports. */
  USER_NETWORK("user networking");

  private final String words;

  Capability(String words) {
    this.words = words;
  }

  /** {@return the capability as a noun, for messages} */
  public String words() {
    return words;
  }
}
