package io.vmkit.image;

import io.vmkit.state.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Which distribution the host runs, by os-release(5). */
record OsRelease(String id, String codename) {
  private static final Path FILE = Path.of("/etc/os-release");

  static OsRelease ofHost() {
    try {
      return parse(Files.readString(FILE));
    } catch (NoSuchFileException e) {
      return new OsRelease("unknown", "");
    } catch (IOException e) {
      throw DurableFiles.fault("read " + FILE, e);
    }
  }

  static OsRelease parse(String text) {
    Map<String, String> fields =
        text.lines()
            .filter(line -> line.contains("=") && !line.startsWith("#"))
            .collect(
                Collectors.toMap(
                    line -> line.substring(0, line.indexOf('=')),
                    line -> line.substring(line.indexOf('=') + 1).replace("\"", "").strip(),
                    (first, second) -> second));
    return new OsRelease(
        fields.getOrDefault("ID", "unknown"), fields.getOrDefault("VERSION_CODENAME", ""));
  }
}
