package io.vmkit.image;

import io.vmkit.progress.Progress;

/** Where an image comes from. Immutable. */
public interface ImageSource {
  /** {@return the image's name for people} */
  String label();

  /**
   * Gives the image, making or fetching it when the store does not have it yet. Interruptible; when
   * it fails nothing half-made is left.
   *
   * @param store where images are kept
   * @param progress told how far it has come
   * @return the image
   * @throws io.vmkit.error.ImageRejected when what is there or comes cannot be used
   * @throws io.vmkit.error.HostLacks when a program that makes it is missing
   * @throws io.vmkit.error.StorageFault when it cannot be stored
   */
  Image obtain(ImageStore store, Progress progress);
}
