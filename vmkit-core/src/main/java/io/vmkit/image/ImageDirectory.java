package io.vmkit.image;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vmkit.error.InvalidSpec;
import io.vmkit.state.DurableFiles;
import io.vmkit.value.Architecture;
import io.vmkit.value.MemorySize;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One image in the store: its files, and {@code image.json} that says what they are and how large
 * each is. Paths in it are relative, so the store can be moved.
 */
final class ImageDirectory {
  private static final String DESCRIPTION = "image.json";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ImageDirectory() {}

  /**
   * {@return the image in a directory; empty when there is none of that key, or a file of it is
   * missing or not of the size that was recorded}
   */
  static Optional<Image> read(Path directory, String key) {
    Path description = directory.resolve(DESCRIPTION);
    try {
      JsonNode json = JSON.readTree(Files.readString(description));
      boolean usable =
          json.path("version").asInt() == VERSION
              && json.path("key").asText().equals(key)
              && isWhole(directory, json.path("files"));
      return usable ? Optional.of(image(directory, json)) : Optional.empty();
    } catch (NoSuchFileException | JacksonException | InvalidSpec e) {
      return Optional.empty(); // Absent or damaged: both are made anew.
    } catch (IOException e) {
      throw DurableFiles.fault("read " + description, e);
    }
  }

  private static boolean isWhole(Path directory, JsonNode files) throws IOException {
    for (Map.Entry<String, JsonNode> each : files.properties()) {
      Path file = directory.resolve(each.getKey());
      if (!Files.isRegularFile(file) || Files.size(file) != each.getValue().asLong()) {
        return false;
      }
    }
    return !files.isEmpty();
  }

  private static Image image(Path directory, JsonNode json) {
    Optional<BaseDisk> disk =
        Optional.of(json.path("disk"))
            .filter(JsonNode::isObject)
            .map(
                node ->
                    new BaseDisk(
                        directory.resolve(node.path("file").asText()),
                        DiskFormat.ofQemuName(node.path("format").asText()),
                        MemorySize.bytes(node.path("virtualSize").asLong())));
    Optional<KernelBoot> boot =
        Optional.of(json.path("kernelBoot"))
            .filter(JsonNode::isObject)
            .map(
                node ->
                    new KernelBoot(
                        directory.resolve(node.path("kernel").asText()),
                        directory.resolve(node.path("initrd").asText()),
                        node.path("commandLine").asText()));
    return new Image(
        json.path("label").asText(),
        json.path("key").asText(),
        Architecture.parse(json.path("architecture").asText()),
        disk,
        boot);
  }

  /** Describes an image whose files are in the directory. */
  static void write(Path directory, Image image) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("version", VERSION)
        .put("label", image.label())
        .put("key", image.key())
        .put("architecture", image.architecture().qemuName());
    image.disk().ifPresent(disk -> describe(directory, disk, json.putObject("disk")));
    image.kernelBoot().ifPresent(boot -> describe(directory, boot, json.putObject("kernelBoot")));
    ObjectNode files = json.putObject("files");
    for (Path file : files(directory)) {
      files.put(directory.relativize(file).toString(), Files.size(file));
    }
    DurableFiles.replace(directory.resolve(DESCRIPTION), "rw-r--r--", json.toPrettyString() + "\n");
  }

  private static void describe(Path directory, BaseDisk disk, ObjectNode json) {
    json.put("file", directory.relativize(disk.file()).toString())
        .put("format", disk.format().qemuName())
        .put("virtualSize", disk.virtualSize().bytes());
  }

  private static void describe(Path directory, KernelBoot boot, ObjectNode json) {
    json.put("kernel", directory.relativize(boot.kernel()).toString())
        .put("initrd", directory.relativize(boot.initrd()).toString())
        .put("commandLine", boot.commandLine());
  }

  /** Gives a whole directory its final name, after all its content has reached the disk. */
  static void publish(Path unfinished, Path target) throws IOException {
    for (Path file : files(unfinished)) {
      sync(file);
    }
    sync(unfinished);
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    sync(Optional.ofNullable(target.getParent()).orElse(target));
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
