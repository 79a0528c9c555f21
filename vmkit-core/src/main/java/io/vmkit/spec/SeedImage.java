package io.vmkit.spec;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The seed of one machine, ready to be written as a disk image that the guest reads at its boot.
 */
public interface SeedImage {
  /** {@return the id that changes when, and only when, the seed's content changes} */
  String instanceId();

  /** {@return the user whom the authorized keys let in; empty when the seed names none} */
  Optional<String> loginUser();

  /**
   * Writes the image. The same seed writes the same bytes.
   *
   * @param file the file to write; an existing one is replaced
   * @throws io.vmkit.error.StorageFault when it cannot be written whole; nothing is left then
   */
  void writeTo(Path file);
}
