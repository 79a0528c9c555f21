package io.vmkit.host;

import io.vmkit.state.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file tree of a host, and where its programs are looked for.
 *
 * @param root {@code /}, or a directory that stands for it
 * @param searchPath directories of programs, absolute as the host sees them
 * @param access tells who may use what
 */
record HostRoot(Path root, List<Path> searchPath, Access access) {
  /** Where Debian keeps system tools; on an ordinary user's PATH they are missing. */
  private static final List<String> SYSTEM_DIRECTORIES =
      List.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin");

  /** {@return that tree, with programs looked for along this process's {@code PATH}} */
  static HostRoot at(Path root) {
    List<Path> directories = new ArrayList<>();
    String path = System.getenv("PATH");
    if (path != null) {
      for (String each : path.split(":", -1)) {
        if (each.startsWith("/")) {
          directories.add(Path.of(each));
        }
      }
    }
    SYSTEM_DIRECTORIES.forEach(each -> directories.add(Path.of(each)));
    return new HostRoot(root, List.copyOf(directories), Access.ofFileSystem());
  }

  /** {@return where in the tree the host's absolute path lies} */
  Path file(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  /** {@return whether something is there} */
  boolean has(String absolute) {
    return Files.exists(file(absolute));
  }

  /** {@return whether this process may open that file for reading and writing} */
  boolean mayOpen(String absolute) {
    return access.mayOpen(file(absolute));
  }

  /** {@return the group whose members may open that file; empty when none would help} */
  Optional<String> groupOf(String absolute) {
    return access.group(file(absolute));
  }

  /** {@return the program of that name; empty when there is none} */
  Optional<Path> program(String name) {
    return searchPath.stream()
        .map(directory -> file(directory.toString()).resolve(name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /** {@return the lines of a text file; none when it does not exist} */
  List<String> lines(String absolute) {
    Path file = file(absolute);
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw DurableFiles.fault("read " + file, e);
    }
  }

  /** {@return the first line of a text file, stripped; empty when there is none} */
  String firstLine(String absolute) {
    return lines(absolute).stream().findFirst().orElse("").strip();
  }
}
