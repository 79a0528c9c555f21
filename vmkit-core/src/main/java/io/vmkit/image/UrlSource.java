package io.vmkit.image;

import io.vmkit.error.InvalidSpec;
import io.vmkit.progress.Progress;
import io.vmkit.value.Architecture;
import io.vmkit.value.Digest;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A disk fetched once by http or https, known by its digest: whatever the server sends later, an
 * image in the store is what was asked for.
 */
record UrlSource(URI address, Digest digest, Download.Limits limits) implements ImageSource {
  private static final Set<String> SCHEMES = Set.of("http", "https");

  UrlSource {
    String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || address.getHost() == null) {
      throw new InvalidSpec(
          "fetch an image from " + shown(address),
          "it is no http or https address",
          "use http://, https:// or, for a file, ImageSource.file");
    }
  }

  /** {@return the address without what may be a secret in it: user, password and query} */
  static String shown(URI address) {
    String host = Optional.ofNullable(address.getHost()).orElse("");
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return address.getScheme() + "://" + host + port + address.getPath();
  }

  @Override
  public String label() {
    Path name = Path.of(Optional.ofNullable(address.getPath()).orElse("")).getFileName();
    String plain =
        String.valueOf(name).replaceAll("[^A-Za-z0-9._+-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    return plain.isEmpty() ? "image" : plain.substring(0, Math.min(plain.length(), 60));
  }

  @Override
  public Image obtain(ImageStore store, Progress progress) {
    return store.obtain(label(), digest, directory -> fetch(directory, progress));
  }

  private Image fetch(Path directory, Progress progress) {
    Path file = directory.resolve("disk");
    new Download(address, digest, limits).to(file, progress);
    BaseDisk disk = DiskFile.inspect(file);
    return new Image(
        label(), digest.hex(), Architecture.ofHost(), Optional.of(disk), Optional.empty());
  }

  @Override
  public String toString() {
    return shown(address) + " (" + digest + ")";
  }
}
