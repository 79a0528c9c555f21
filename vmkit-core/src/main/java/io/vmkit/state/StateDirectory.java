package io.vmkit.state;

import io.vmkit.value.SshKeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A directory in which vmkit keeps what it must remember. Several JVMs may share it. Thread-safe.
 */
public final class StateDirectory {
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

  private final StateLayout layout;

  private StateDirectory(StateLayout layout) {
    this.layout = layout;
  }

  /**
   * Opens a state directory, made with mode 0700 if need be.
   *
   * @param path the directory
   * @return the state directory
   * @throws io.vmkit.error.StorageFault when it cannot be made or entered
   */
  public static StateDirectory at(Path path) {
    StateLayout layout = new StateLayout(path);
    DurableFiles.makePrivateDirectory(layout.root());
    DurableFiles.makePrivateDirectory(layout.vms());
    DurableFiles.makePrivateDirectory(layout.locks());
    return new StateDirectory(layout);
  }

  /**
   * Opens the state directory that the environment names: {@code VMKIT_STATE}, else {@code
   * $XDG_STATE_HOME/vmkit}, else {@code ~/.local/state/vmkit}.
   *
   * @return the state directory
   * @throws io.vmkit.error.StorageFault when it cannot be made or entered
   */
  public static StateDirectory fromEnvironment() {
    return at(XdgDirectory.STATE.fromEnvironment());
  }

  /** {@return the names of the files in it} */
  public StateLayout layout() {
    return layout;
  }

  /**
   * The key that is put into every machine unless its spec brings one. Made at the first call and
   * kept, readable by its owner alone.
   *
   * @return the key pair
   * @throws io.vmkit.error.StorageFault when it can be neither read nor written
   */
  public SshKeyPair clientKey() {
    try (LockFile lock = LockFile.acquire(layout.lock(), LOCK_TIMEOUT)) {
      // The public half is written last: where it is, the pair is whole.
      if (!Files.exists(layout.clientPublicKey())) {
        SshKeyPair made = SshKeyPair.ed25519("vmkit");
        DurableFiles.replace(layout.clientKey(), "rw-------", made.privateKey());
        DurableFiles.replace(layout.clientPublicKey(), "rw-r--r--", made.publicKey() + "\n");
        return made;
      }
      return SshKeyPair.of(
          Files.readString(layout.clientKey()), Files.readString(layout.clientPublicKey()));
    } catch (IOException e) {
      throw DurableFiles.fault("read the client key", e);
    }
  }
}
