package io.vmkit.image;

import io.vmkit.progress.Progress;
import io.vmkit.state.DurableFiles;
import io.vmkit.value.Architecture;
import io.vmkit.value.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A disk in a file of the caller, used where it is. Its key is made of path, size and time of
 * change: to hash some gigabytes at every use would cost more than the machine's start, and
 * overlays are bound to the path anyway.
 */
record FileSource(Path file) implements ImageSource {
  FileSource {
    file = file.toAbsolutePath().normalize();
  }

  @Override
  public String label() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public Image obtain(ImageStore store, Progress progress) {
    BaseDisk disk = DiskFile.inspect(file);
    return new Image(
        label(), key().hex(), Architecture.ofHost(), Optional.of(disk), Optional.empty());
  }

  private Digest key() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      String identity = file + "\0" + attributes.size() + "\0" + attributes.lastModifiedTime();
      return Digest.sha256(identity.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw DurableFiles.fault("use image " + file, e);
    }
  }
}
