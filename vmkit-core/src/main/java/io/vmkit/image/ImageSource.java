package io.vmkit.image;

import io.vmkit.process.CommandRunner;
import io.vmkit.progress.Progress;
import io.vmkit.value.Architecture;
import io.vmkit.value.Digest;
import java.net.URI;
import java.nio.file.Path;

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

  /**
   * A guest of kernel, busybox and guest agent that lives in memory and is ready in about two
   * seconds even when emulated. Its console is the first serial port, where it prints {@code vmkit:
   * tiny guest ready} and then gives a shell; it takes its address by DHCP, powers off at the power
   * button, and takes its name from the kernel argument {@code vmkit.hostname=}. Made once, from
   * packages of the host's own Debian or Ubuntu, as any user.
   *
   * @return the source, for the host's architecture
   */
  static ImageSource tinyGuest() {
    return new TinyGuestSource(CommandRunner.system(), Architecture.ofHost());
  }

  /**
   * A Debian made from the host's own mirror, configured by cloud-init at its first boot. Takes
   * about a minute once. {@link DebianSource#suite} has more to choose.
   *
   * @param suite the release by its code name, {@code bookworm} or later
   * @return the source, for the host's architecture
   * @throws io.vmkit.error.InvalidSpec when it cannot be the name of a release
   */
  static ImageSource debian(String suite) {
    return DebianSource.suite(suite).build();
  }

  /**
   * A disk in a file, used where it is and never written to. The format is told by the content:
   * qcow2 by its header, else raw.
   *
   * @param disk the file
   * @return the source; obtaining it fails when the file is missing, empty, truncated, no disk, or
   *     a qcow2 that refers to another file
   */
  static ImageSource file(Path disk) {
    return new FileSource(disk);
  }

  /**
   * A disk fetched by http or https into the store, once. Redirects are followed, but never from
   * https to http. No connection within 15 s, or no bytes for 30 s, is an error.
   *
   * @param address where it is
   * @param digest the SHA-256 or SHA-512 digest of the file
   * @return the source; obtaining it fails when it cannot be fetched whole, has another digest, is
   *     no disk, or a qcow2 that refers to another file
   * @throws io.vmkit.error.InvalidSpec when the address is not http or https
   */
  static ImageSource url(URI address, Digest digest) {
    return new UrlSource(address, digest, Download.Limits.USUAL);
  }
}
