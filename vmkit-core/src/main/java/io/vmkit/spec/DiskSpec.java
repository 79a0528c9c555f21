package io.vmkit.spec;

import io.vmkit.error.InvalidSpec;
import io.vmkit.image.DiskFormat;
import io.vmkit.value.MemorySize;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A disk beside the one that the machine boots from: either blank and the machine's own, or a file
 * that the caller has. The guest sees it on virtio-blk.
 *
 * @param size the size of a blank disk; empty for a file
 * @param file the caller's file; empty for a blank disk
 * @param format how the file stores the disk; qcow2 for a blank one
 * @param readOnly whether the guest may only read it
 * @param serial what the guest sees under {@code /dev/disk/by-id/virtio-…}; empty for none
 */
public record DiskSpec(
    Optional<MemorySize> size,
    Optional<Path> file,
    DiskFormat format,
    boolean readOnly,
    Optional<String> serial) {
  /** virtio-blk carries 20 bytes. */
  private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9_.-]{1,20}");

  /**
   * Validates the disk.
   *
   * @param size the size of a blank disk, or empty
   * @param file the caller's file, or empty
   * @param format how the file stores the disk
   * @param readOnly whether the guest may only read it
   * @param serial the serial number, or empty
   * @throws InvalidSpec when it is both blank and a file, or neither, or the serial is malformed
   */
  public DiskSpec {
    if (size.isPresent() == file.isPresent()) {
      throw new InvalidSpec("describe a disk", "it needs a size or a file", "give one of them");
    }
    serial.ifPresent(DiskSpec::checkSerial);
  }

  private static void checkSerial(String serial) {
    if (!SERIAL.matcher(serial).matches()) {
      throw new InvalidSpec(
          "describe a disk",
          "serial '" + serial + "' does not fit virtio-blk",
          "use 1 to 20 letters, digits, '_', '.' or '-'");
    }
  }

  /**
   * {@return a blank disk of the machine's own, removed with it}
   *
   * @param size what the guest sees
   */
  public static DiskSpec blank(MemorySize size) {
    return new DiskSpec(
        Optional.of(size), Optional.empty(), DiskFormat.QCOW2, false, Optional.empty());
  }

  /**
   * {@return a disk in a file of the caller's, which the guest changes and vmkit never removes}
   *
   * @param file the file
   * @param format how it stores the disk; never guessed, since a guest could forge it
   */
  public static DiskSpec existing(Path file, DiskFormat format) {
    return new DiskSpec(
        Optional.empty(), Optional.of(file.toAbsolutePath()), format, false, Optional.empty());
  }

  /** {@return the same disk, which the guest may only read} */
  public DiskSpec asReadOnly() {
    return new DiskSpec(size, file, format, true, serial);
  }

  /**
   * {@return the same disk with this serial number}
   *
   * @param value what the guest sees
   * @throws InvalidSpec when it is malformed
   */
  public DiskSpec serial(String value) {
    return new DiskSpec(size, file, format, readOnly, Optional.of(value));
  }
}
