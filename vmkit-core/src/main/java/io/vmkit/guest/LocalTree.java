package io.vmkit.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The file system of this host. Never writes through a link. */
final class LocalTree implements FileTree {
  private static final int SAFE_PERMISSIONS = 0777;

  @Override
  public Optional<FileNode> find(String path) throws IOException {
    Path place = place(path);
    return Files.exists(place, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(node(place, path))
        : Optional.empty();
  }

  @Override
  public List<FileNode> list(String directory) throws IOException {
    List<FileNode> nodes = new ArrayList<>();
    try (Stream<Path> children = Files.list(place(directory))) {
      for (Path child : (Iterable<Path>) children::iterator) {
        nodes.add(node(child, child.getFileName().toString()));
      }
    }
    return nodes;
  }

  private static FileNode node(Path place, String name) throws IOException {
    int mode = (Integer) Files.getAttribute(place, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    String target = FileNode.Kind.of(mode) == FileNode.Kind.LINK ? target(place) : "";
    return FileNode.of(name, mode, target);
  }

  private static String target(Path link) throws IOException {
    return Files.readSymbolicLink(link).toString();
  }

  @Override
  public void makeDirectories(List<String> paths) throws IOException {
    for (String path : paths) {
      Path place = place(path);
      if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(
            place,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    }
  }

  @Override
  public void makeLinks(Map<String, String> targets) throws IOException {
    for (Map.Entry<String, String> link : targets.entrySet()) {
      Path place = place(link.getKey());
      if (Files.isSymbolicLink(place)) {
        Files.delete(place);
      }
      Files.createSymbolicLink(place, place(link.getValue()));
    }
  }

  /** Leaves out set-user-ID and the like: a guest shall not plant such programs here. */
  @Override
  public void setModes(Map<String, Integer> modes) throws IOException {
    for (Map.Entry<String, Integer> entry : modes.entrySet()) {
      Path place = place(entry.getKey());
      if (Files.isSymbolicLink(place)) {
        throw new FileAlreadyExistsException(entry.getKey(), null, "has become a link");
      }
      Files.setAttribute(place, "unix:mode", entry.getValue() & SAFE_PERMISSIONS);
    }
  }

  @Override
  public InputStream read(String path) throws IOException {
    return Files.newInputStream(place(path), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public OutputStream write(String path) throws IOException {
    return Files.newOutputStream(
        place(path),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
  }

  private static Path place(String path) throws IOException {
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new NoSuchFileException(
          path, null, "this JVM cannot name it; start it in a UTF-8 locale (LC_ALL=C.UTF-8)");
    }
  }

  @Override
  public void close() {}
}
