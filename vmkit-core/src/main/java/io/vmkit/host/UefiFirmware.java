package io.vmkit.host;

import io.vmkit.image.DiskFormat;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * UEFI firmware of this host that QEMU maps as flash.
 *
 * @param description what its vendor calls it
 * @param code the firmware itself, to be mapped read-only
 * @param codeFormat how that file is stored
 * @param variables what a machine's own NVRAM is copied from; empty for firmware that keeps none
 * @param features as named by {@code FirmwareFeature} of QEMU's docs/interop/firmware.json
 */
public record UefiFirmware(
    String description,
    Path code,
    DiskFormat codeFormat,
    Optional<Template> variables,
    Set<String> features) {

  /**
   * An NVRAM as it leaves the factory.
   *
   * @param file the file, never to be written
   * @param format how it is stored
   */
  public record Template(Path file, DiskFormat format) {}

  /**
   * Copies the features.
   *
   * @param description what its vendor calls it
   * @param code the firmware itself
   * @param codeFormat how that file is stored
   * @param variables what a machine's own NVRAM is copied from
   * @param features its features
   */
  public UefiFirmware {
    features = Set.copyOf(features);
  }

  /** {@return whether it can check the signatures of boot loaders} */
  public boolean hasSecureBoot() {
    return features.contains("secure-boot");
  }

  /** {@return whether {@link #variables()} holds its vendor's keys, so that it does check them} */
  public boolean hasEnrolledKeys() {
    return features.contains("enrolled-keys");
  }

  /** {@return whether the machine must offer system management mode ({@code smm=on})} */
  public boolean requiresSmm() {
    return features.contains("requires-smm");
  }
}
