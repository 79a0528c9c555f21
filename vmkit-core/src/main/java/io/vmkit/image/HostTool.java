package io.vmkit.image;

import io.vmkit.error.HostLacks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program of the host that makes images, and the Debian package that brings it. */
enum HostTool {
  APT_CACHE("apt-cache", "apt"),
  APT_GET("apt-get", "apt"),
  DPKG_DEB("dpkg-deb", "dpkg"),
  MKE2FS("mke2fs", "e2fsprogs"),
  MMDEBSTRAP("mmdebstrap", "mmdebstrap"),
  NEWUIDMAP("newuidmap", "uidmap"),
  QEMU_IMG("qemu-img", "qemu-utils"),
  SETPRIV("setpriv", "util-linux"),
  UNSHARE("unshare", "util-linux"),
  XZ("xz", "xz-utils"),
  ZSTD("zstd", "zstd");

  private static final Pattern SEPARATOR = Pattern.compile(":");

  private final String program;
  private final String debianPackage;

  HostTool(String program, String debianPackage) {
    this.program = program;
    this.debianPackage = debianPackage;
  }

  /**
   * {@return the path of the program} Looks into the sbin directories too, which are not in the
   * {@code PATH} of an ordinary user.
   *
   * @param attempted what it is needed for, for the error's message
   * @throws HostLacks when it is not installed
   */
  String require(String attempted) {
    return find()
        .orElseThrow(
            () ->
                new HostLacks(
                    attempted,
                    program + " is not installed",
                    "sudo apt-get install " + debianPackage));
  }

  private Optional<String> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(SEPARATOR.splitAsStream(path), Stream.of("/usr/sbin", "/sbin"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
