package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import java.util.List;

/**
 * A line of the guest's fstab(5) (cloud-config {@code mounts}).
 *
 * @param device what is mounted: a path, {@code LABEL=…}, {@code UUID=…} or cloud-init's short
 *     {@code vdb}
 * @param mountPoint an absolute path, or {@code none} for swap
 * @param type the file system, {@code auto} to let the guest find out
 * @param options as mount(8) takes them, joined by commas
 */
public record Mount(String device, String mountPoint, String type, String options) {
  /**
   * Validates the line.
   *
   * @param device what is mounted
   * @param mountPoint where
   * @param type the file system
   * @param options the options
   * @throws InvalidSpec when a field is blank or the mount point is not absolute
   */
  public Mount {
    String attempted = "mount '" + device + "'";
    for (String field : List.of(device, mountPoint, type, options)) {
      Checks.notBlank(attempted, field);
    }
    if (!mountPoint.equals("none")) {
      Checks.absolutePath(attempted, mountPoint);
    }
  }

  /**
   * {@return a mount that does not hold up the boot when the device is missing}
   *
   * @param device what is mounted
   * @param mountPoint an absolute path
   * @throws InvalidSpec when a field is blank or the mount point is not absolute
   */
  public static Mount of(String device, String mountPoint) {
    return new Mount(device, mountPoint, "auto", "defaults,nofail");
  }

  List<String> yaml() {
    return List.of(device, mountPoint, type, options, "0", "2");
  }
}
