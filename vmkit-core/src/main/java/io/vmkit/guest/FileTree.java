package io.vmkit.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The few things that copying needs from a file system, here or in a guest. Changes come in batches
 * because a guest pays for each exchange. All paths are absolute. For one thread.
 */
interface FileTree extends AutoCloseable {
  /** What is at the path itself, links not followed. Its name in the answer is the whole path. */
  Optional<FileNode> find(String path) throws IOException;

  /** What is in a directory, in no order. */
  List<FileNode> list(String directory) throws IOException;

  /** Makes directories for their owner alone, parents first; those that exist stay as they are. */
  void makeDirectories(List<String> paths) throws IOException;

  /** Makes symbolic links, target by path; replaces links, nothing else. */
  void makeLinks(Map<String, String> targets) throws IOException;

  /** Sets permission bits by path, in the map's order. */
  void setModes(Map<String, Integer> modes) throws IOException;

  /** Opens a file to read it from its beginning. */
  InputStream read(String path) throws IOException;

  /** Opens a file, made or emptied, to write it. */
  OutputStream write(String path) throws IOException;

  @Override
  void close() throws IOException;
}
