package io.vmkit.image;

import io.vmkit.error.InvalidSpec;
import io.vmkit.value.Architecture;
import java.util.Optional;

/**
 * What a machine starts from: a disk, a kernel, or both. An image says nothing about any machine.
 *
 * @param label its name for people, such as {@code debian-bookworm}
 * @param key what tells it from every other image: the digest of its content or of its recipe
 * @param architecture the processor it is made for
 * @param disk the disk that overlays are made over; empty for a guest that lives in its initrd
 * @param kernelBoot how to start it without a boot loader; empty when it boots by itself
 */
public record Image(
    String label,
    String key,
    Architecture architecture,
    Optional<BaseDisk> disk,
    Optional<KernelBoot> kernelBoot) {
  /**
   * Validates the image.
   *
   * @param label its name for people
   * @param key what tells it from every other image
   * @param architecture the processor it is made for
   * @param disk the disk, or empty
   * @param kernelBoot the kernel, or empty
   * @throws InvalidSpec when it has neither disk nor kernel
   */
  public Image {
    if (disk.isEmpty() && kernelBoot.isEmpty()) {
      throw new InvalidSpec(
          "describe image " + label, "it has neither disk nor kernel", "give it one of them");
    }
  }
}
