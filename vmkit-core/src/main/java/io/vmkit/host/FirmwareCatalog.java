package io.vmkit.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vmkit.error.HostLacks;
import io.vmkit.state.DurableFiles;
import io.vmkit.value.Architecture;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UEFI firmware of this host, as the descriptors of its packages and its administrator tell it.
 * Follows QEMU's docs/interop/firmware.json: descriptors are sorted by file name and the first that
 * fits is taken; of two with the same name the one in the more specific directory counts, and an
 * empty one hides the other. Immutable: it shows the host as it was when read.
 *
 * <pre>
 * /usr/share/qemu/firmware &lt; /etc/qemu/firmware &lt; ~/.config/qemu/firmware
 * </pre>
 */
public final class FirmwareCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(FirmwareCatalog.class);

  private final Mending mending;
  private final List<FirmwareDescriptor> descriptors;

  private FirmwareCatalog(Mending mending, List<FirmwareDescriptor> descriptors) {
    this.mending = mending;
    this.descriptors = List.copyOf(descriptors);
  }

  /**
   * Reads the descriptors of this host and this user. A descriptor that is no JSON, or whose files
   * are missing, is left out.
   *
   * @return the catalog
   * @throws io.vmkit.error.StorageFault when a descriptor is there but cannot be read
   */
  public static FirmwareCatalog ofHost() {
    return in(HostRoot.at(Path.of("/")), HostUser.current());
  }

  static FirmwareCatalog in(HostRoot host, HostUser user) {
    List<Path> generalToSpecific =
        List.of(
            host.file("/usr/share/qemu/firmware"),
            host.file("/etc/qemu/firmware"),
            host.file(user.home() + "/.config/qemu/firmware"));
    SortedMap<String, Path> byName = new TreeMap<>();
    generalToSpecific.forEach(directory -> collect(directory, byName));
    List<FirmwareDescriptor> descriptors = new ArrayList<>();
    for (Path file : byName.values()) {
      json(file).flatMap(json -> FirmwareDescriptor.parse(host, json)).ifPresent(descriptors::add);
    }
    return new FirmwareCatalog(Mending.of(host, user), descriptors);
  }

  /**
   * {@return the firmware to take; empty when none fits}
   *
   * @param architecture the guest's
   * @param machine QEMU's machine type, in full ({@code pc-q35-7.2}) or short ({@code q35})
   * @param secureBoot how it shall treat unsigned boot loaders
   */
  public Optional<UefiFirmware> find(
      Architecture architecture, String machine, SecureBoot secureBoot) {
    return descriptors.stream()
        .filter(each -> each.fits(architecture, machine) && secureBoot.suits(each.firmware()))
        .findFirst()
        .map(FirmwareDescriptor::firmware);
  }

  /**
   * {@return the firmware to take}
   *
   * @param architecture the guest's
   * @param machine QEMU's machine type, in full ({@code pc-q35-7.2}) or short ({@code q35})
   * @param secureBoot how it shall treat unsigned boot loaders
   * @throws HostLacks when none fits
   */
  public UefiFirmware require(Architecture architecture, String machine, SecureBoot secureBoot) {
    return find(architecture, machine, secureBoot)
        .orElseThrow(
            () ->
                new HostLacks(
                    "find UEFI firmware",
                    "no descriptor offers it for "
                        + architecture.qemuName()
                        + " "
                        + machine
                        + " with secure boot "
                        + secureBoot,
                    mendingLine(architecture)));
  }

  String mendingLine(Architecture architecture) {
    return mending.install(architecture == Architecture.X86_64 ? "ovmf" : "qemu-efi-aarch64");
  }

  private static void collect(Path directory, SortedMap<String, Path> byName) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
      files.forEach(file -> byName.put(file.getFileName().toString(), file));
    } catch (NoSuchFileException e) {
      return; // None of the directories need exist.
    } catch (IOException e) {
      throw DurableFiles.fault("list " + directory, e);
    }
  }

  private static Optional<JsonNode> json(Path file) {
    try {
      return Optional.of(JsonTree.read(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      LOG.warn("firmware descriptor {} is no JSON: {}", file, e.getOriginalMessage());
      return Optional.empty();
    } catch (IOException e) {
      throw DurableFiles.fault("read " + file, e);
    }
  }
}
