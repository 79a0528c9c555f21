package io.vmkit.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds which libraries of an unpacked root some programs need. ELF names a needed library by a
 * NUL-terminated string (DT_NEEDED); any library whose name occurs so in a program is taken, which
 * can only be too many. That needs no ldd, which would run the programs.
 */
final class SharedLibraries {
  private final Map<String, Path> available = new TreeMap<>();

  /** Looks for libraries in the library directories of an unpacked root. */
  SharedLibraries(Path root) throws IOException {
    for (String directory : new String[] {"usr/lib", "lib", "lib64", "usr/lib64"}) {
      if (Files.isDirectory(root.resolve(directory))) {
        collect(root.resolve(directory));
      }
    }
  }

  private void collect(Path directory) throws IOException {
    // Not deeper than lib/x86_64-linux-gnu/: below are plug-ins, above all of them kernel modules.
    try (Stream<Path> files = Files.walk(directory, 2)) {
      files
          .filter(file -> String.valueOf(file.getFileName()).matches("(lib|ld-).+\\.so(\\..+)?"))
          .filter(Files::isRegularFile)
          .forEach(file -> available.put(String.valueOf(file.getFileName()), file));
    }
  }

  /** {@return the libraries that the programs need, by the name they are looked up with} */
  Map<String, Path> neededBy(Collection<Path> programs) throws IOException {
    Map<String, Path> needed = new TreeMap<>();
    Deque<Path> toVisit = new ArrayDeque<>(programs);
    while (!toVisit.isEmpty()) {
      String content = Files.readString(toVisit.remove(), StandardCharsets.ISO_8859_1);
      available.forEach(
          (name, file) -> {
            // A program names its loader by path, a library by name alone.
            if (!needed.containsKey(name)
                && (content.contains("\0" + name + "\0") || content.contains("/" + name + "\0"))) {
              needed.put(name, file);
              toVisit.add(file);
            }
          });
    }
    return needed;
  }
}
