package io.vmkit.guest;

import io.vmkit.error.NotFound;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copies between two file systems, one of them a guest's.
 *
 * <p>Links are made after all files are written, so that no link of a hostile guest can lead a
 * write astray; modes are set last, children first, so that directories without permission to write
 * can be filled, and are for their owner alone until then.
 */
final class TreeCopy {
  private static final int FOR_OTHERS = 0077;
  private static final int CHUNK = 256 * 1024;

  private final FileTree from;
  private final FileTree to;

  private record Pair(FileNode node, String source, String destination) {}

  TreeCopy(FileTree from, FileTree to) {
    this.from = from;
    this.to = to;
  }

  void copy(String source, String destination) throws IOException {
    FileNode root =
        from.find(source)
            .orElseThrow(
                () ->
                    new NotFound(
                        "copy " + source + " to " + destination,
                        "there is nothing at " + source,
                        "check the path"));
    List<Pair> all = collect(new Pair(root, source, destination));
    to.makeDirectories(of(all, FileNode.Kind.DIRECTORY).map(Pair::destination).toList());
    for (Pair file : of(all, FileNode.Kind.FILE).toList()) {
      try (InputStream in = from.read(file.source)) {
        write(to, file.destination, in, file.node.mode());
      }
    }
    Map<String, String> links = new LinkedHashMap<>();
    of(all, FileNode.Kind.LINK).forEach(link -> links.put(link.destination, link.node.target()));
    to.makeLinks(links);
    to.setModes(modes(all));
  }

  /** Writes a file; one for its owner alone gets its mode while it is still empty. */
  static void write(FileTree to, String path, InputStream in, int mode) throws IOException {
    if ((mode & FOR_OTHERS) == 0) {
      to.write(path).close();
      to.setModes(Map.of(path, 0600));
    }
    try (OutputStream out = to.write(path)) {
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        out.write(chunk, 0, n);
      }
    }
  }

  private static Stream<Pair> of(List<Pair> all, FileNode.Kind kind) {
    return all.stream().filter(pair -> pair.node.kind() == kind);
  }

  /** Everything to copy, parents before children. */
  private List<Pair> collect(Pair root) throws IOException {
    List<Pair> all = new ArrayList<>();
    Deque<Pair> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Pair pair = open.remove();
      if (pair.node.kind() == FileNode.Kind.OTHER) {
        throw new FileSystemException(
            pair.source, null, "is neither file, link nor directory; leave it out");
      }
      all.add(pair);
      if (pair.node.kind() == FileNode.Kind.DIRECTORY) {
        open.addAll(children(pair));
      }
    }
    return all;
  }

  private List<Pair> children(Pair parent) throws IOException {
    List<Pair> children = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (FileNode node : from.list(parent.source)) {
      String name = node.asChild().name();
      if (!names.add(name)) {
        throw new IOException(parent.source + " lists '" + name + "' twice");
      }
      children.add(new Pair(node, below(parent.source, name), below(parent.destination, name)));
    }
    return children;
  }

  private static String below(String directory, String name) {
    return directory.endsWith("/") ? directory + name : directory + "/" + name;
  }

  /** Files by mode, so that a guest can set many at once; then directories, the deepest first. */
  private static Map<String, Integer> modes(List<Pair> all) {
    Map<String, Integer> modes = new LinkedHashMap<>();
    of(all, FileNode.Kind.FILE)
        .sorted(Comparator.comparingInt(file -> file.node.mode()))
        .forEach(file -> modes.put(file.destination, file.node.mode()));
    List<Pair> directories = new ArrayList<>(of(all, FileNode.Kind.DIRECTORY).toList());
    Collections.reverse(directories);
    directories.forEach(made -> modes.put(made.destination, made.node.mode()));
    return modes;
  }
}
