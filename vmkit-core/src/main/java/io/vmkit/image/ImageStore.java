package io.vmkit.image;

import io.vmkit.state.DurableFiles;
import io.vmkit.state.XdgDirectory;
import java.nio.file.Path;

/** The images of this user, one directory each. Several JVMs may share a store. Thread-safe. */
public final class ImageStore {
  private final Path root;

  private ImageStore(Path root) {
    this.root = root;
  }

  /**
   * Opens a store, made with mode 0700 if need be.
   *
   * @param directory where it keeps its images
   * @return the store
   * @throws io.vmkit.error.StorageFault when the directory cannot be made or entered
   */
  public static ImageStore in(Path directory) {
    DurableFiles.makePrivateDirectory(directory);
    return new ImageStore(directory.toAbsolutePath().normalize());
  }

  /**
   * Opens the store that the environment names: {@code images} in {@code VMKIT_CACHE}, else in
   * {@code $XDG_CACHE_HOME/vmkit}, else in {@code ~/.cache/vmkit}.
   *
   * @return the store
   * @throws io.vmkit.error.StorageFault when the directory cannot be made or entered
   */
  public static ImageStore fromEnvironment() {
    return in(XdgDirectory.CACHE.fromEnvironment().resolve("images"));
  }

  /** {@return where the images are} */
  public Path root() {
    return root;
  }
}
