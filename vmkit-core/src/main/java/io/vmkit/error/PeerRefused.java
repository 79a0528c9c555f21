package io.vmkit.error;

/** A peer that keeps to its protocol answered with an error of its own: QEMU, libvirt, an agent. */
public final class PeerRefused extends VmkitException {
  private static final long serialVersionUID = 1L;

  private final String kind;

  /**
   * Creates the error.
   *
   * @param attempted the request, secrets redacted
   * @param kind the peer's own class or code of the error, such as {@code GenericError}
   * @param description the peer's own words
   * @param nextStep what the reader can do about it
   */
  public PeerRefused(String attempted, String kind, String description, String nextStep) {
    super(attempted, description + " (" + kind + ")", nextStep, null);
    this.kind = kind;
  }

  /** {@return the peer's own class or code of the error} */
  public String kind() {
    return kind;
  }
}
