package io.vmkit.cloudinit;

import io.vmkit.cloudinit.iso.Iso9660Writer;
import io.vmkit.cloudinit.iso.IsoContent;
import io.vmkit.cloudinit.iso.IsoImage;
import io.vmkit.spec.SeedImage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The seed of one machine as NoCloud reads it: four files on a volume labelled {@code cidata}.
 * Immutable and thread-safe.
 */
public final class NoCloudSeed implements SeedImage {
  /** The label by which cloud-init finds the volume. */
  public static final String LABEL = "cidata";

  /** Only root may read them: they hold secrets. */
  private static final int MODE = 0400;

  private final String instanceId;
  private final Optional<String> loginUser;
  private final SeedFiles files;
  private final Optional<Instant> timestamp;

  NoCloudSeed(
      String instanceId, Optional<String> loginUser, SeedFiles files, Optional<Instant> timestamp) {
    this.instanceId = instanceId;
    this.loginUser = loginUser;
    this.files = files;
    this.timestamp = timestamp;
  }

  @Override
  public String instanceId() {
    return instanceId;
  }

  @Override
  public Optional<String> loginUser() {
    return loginUser;
  }

  /** {@return the file {@code user-data}; it holds secrets} */
  public String userData() {
    return files.userData();
  }

  /** {@return the file {@code meta-data}} */
  public String metaData() {
    return files.metaData();
  }

  /** {@return the file {@code network-config}, or empty when there is none} */
  public Optional<String> networkConfig() {
    return present(files.networkConfig());
  }

  /** {@return the file {@code vendor-data}, or empty when there is none; it may hold secrets} */
  public Optional<String> vendorData() {
    return present(files.vendorData());
  }

  private static Optional<String> present(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  @Override
  public void writeTo(Path file) {
    IsoImage.Builder image = IsoImage.labelled(LABEL);
    timestamp.ifPresent(image::timestamp);
    image.file("user-data", MODE, content(userData()));
    image.file("meta-data", MODE, content(metaData()));
    networkConfig().ifPresent(text -> image.file("network-config", MODE, content(text)));
    vendorData().ifPresent(text -> image.file("vendor-data", MODE, content(text)));
    Iso9660Writer.write(image.build(), file);
  }

  private static IsoContent content(String text) {
    return IsoContent.of(text);
  }

  /** {@return the instance-id only} */
  @Override
  public String toString() {
    return "NoCloudSeed[" + instanceId + "]";
  }
}
