package io.vmkit.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.vmkit.image.DiskFormat;
import io.vmkit.value.Architecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One firmware descriptor, the type {@code UefiFirmware} of QEMU's docs/interop/firmware.json.
 *
 * @param firmware what it describes
 * @param targets the machines it is for
 */
record FirmwareDescriptor(UefiFirmware firmware, List<Target> targets) {
  /** Machine types that QEMU knows by a short name, and how their full names begin. */
  private static final Map<String, String> ALIASES =
      Map.of("q35", "pc-q35-", "pc", "pc-i440fx-", "virt", "virt-");

  /**
   * Machines of one architecture.
   *
   * @param architecture QEMU's name
   * @param machines globs of full machine type names
   */
  record Target(String architecture, List<String> machines) {
    boolean includes(Architecture wanted, String machine) {
      return architecture.equals(wanted.qemuName())
          && machines.stream().anyMatch(glob -> matches(glob, machine));
    }

    private static boolean matches(String glob, String machine) {
      // An alias stands for the newest version, whose number does not matter here.
      String fullName = ALIASES.containsKey(machine) ? ALIASES.get(machine) + "0" : machine;
      return glob.equals(machine) || Pattern.matches(expression(glob), fullName);
    }

    private static String expression(String glob) {
      return Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    }
  }

  /**
   * {@return what the JSON describes; empty when it is not UEFI in flash, or its files are missing}
   *
   * @param host the tree in which the files are
   * @param json the descriptor
   */
  static Optional<FirmwareDescriptor> parse(HostRoot host, JsonNode json) {
    JsonNode mapping = json.path("mapping");
    JsonNode code = mapping.path("executable");
    Optional<DiskFormat> codeFormat = format(code);
    JsonNode variables = mapping.path("nvram-template");
    Optional<UefiFirmware.Template> template =
        format(variables).map(format -> new UefiFirmware.Template(file(host, variables), format));
    boolean usable =
        texts(json.path("interface-types")).contains("uefi")
            && mapping.path("device").asText().equals("flash")
            && Files.isReadable(file(host, code))
            && template.map(each -> Files.isReadable(each.file())).orElse(true);
    if (!usable || codeFormat.isEmpty()) {
      return Optional.empty();
    }
    UefiFirmware firmware =
        new UefiFirmware(
            json.path("description").asText(),
            file(host, code),
            codeFormat.get(),
            template,
            texts(json.path("features")));
    return Optional.of(new FirmwareDescriptor(firmware, targets(json.path("targets"))));
  }

  boolean fits(Architecture architecture, String machine) {
    return targets.stream().anyMatch(target -> target.includes(architecture, machine));
  }

  private static List<Target> targets(JsonNode array) {
    List<Target> targets = new ArrayList<>();
    array.forEach(
        each ->
            targets.add(
                new Target(
                    each.path("architecture").asText(),
                    List.copyOf(texts(each.path("machines"))))));
    return List.copyOf(targets);
  }

  private static Path file(HostRoot host, JsonNode flashFile) {
    String name = flashFile.path("filename").asText();
    return host.file(name.startsWith("/") ? name : "/" + name);
  }

  private static Optional<DiskFormat> format(JsonNode flashFile) {
    return switch (flashFile.path("format").asText()) {
      case "raw" -> Optional.of(DiskFormat.RAW);
      case "qcow2" -> Optional.of(DiskFormat.QCOW2);
      default -> Optional.empty();
    };
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
