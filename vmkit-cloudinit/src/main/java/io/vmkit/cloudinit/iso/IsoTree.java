package io.vmkit.cloudinit.iso;

import io.vmkit.error.InvalidSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tree of an image while it is being described. */
final class IsoTree {
  /** Levels of the hierarchy, the root being the first (ECMA-119 6.8.2.1). */
  private static final int MAX_LEVELS = 8;

  private static final int DEFAULT_DIRECTORY_MODE = 0555;

  private final Directory root = new Directory("", "");

  /** What a directory holds by name; sorted, so that the order of the calls leaves no trace. */
  private static final class Directory {
    final String path;
    final String name;
    final Map<String, Directory> directories = new TreeMap<>();
    final Map<String, IsoNode> leaves = new TreeMap<>();
    int mode = DEFAULT_DIRECTORY_MODE;
    boolean declared;

    Directory(String path, String name) {
      this.path = path;
      this.name = name;
    }
  }

  void addFile(String path, int mode, IsoContent content) {
    String name = lastPart(path);
    addLeaf(path, name, IsoNode.file(path, name, mode, content));
  }

  void addSymlink(String path, byte[] target) {
    String name = lastPart(path);
    addLeaf(path, name, IsoNode.symlink(path, name, target));
  }

  void addDirectory(String path, int mode) {
    Directory directory = directory(path, path);
    if (directory.declared) {
      throw duplicate(path);
    }
    directory.declared = true;
    directory.mode = mode;
  }

  private void addLeaf(String path, String name, IsoNode leaf) {
    int slash = path.lastIndexOf('/');
    Directory parent = slash < 0 ? root : directory(path, path.substring(0, slash));
    if (parent.directories.containsKey(name) || parent.leaves.putIfAbsent(name, leaf) != null) {
      throw duplicate(path);
    }
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Directory directory(String path, String directoryPath) {
    String[] parts = directoryPath.split("/", -1);
    if (parts.length >= MAX_LEVELS) {
      throw new InvalidSpec(
          IsoNames.attempt(path),
          "'" + directoryPath + "' is " + parts.length + " directories deep",
          "ISO 9660 allows " + (MAX_LEVELS - 1) + " below the root");
    }
    Directory at = root;
    for (String part : parts) {
      at = enter(path, at, part);
    }
    return at;
  }

  private static Directory enter(String path, Directory parent, String name) {
    Directory known = parent.directories.get(name);
    if (known != null) {
      return known;
    }
    IsoNames.rockRidge(path, name);
    String childPath = join(parent.path, name);
    if (parent.leaves.containsKey(name)) {
      throw new InvalidSpec(
          IsoNames.attempt(path), "'" + childPath + "' is a file already", "rename one of them");
    }
    Directory child = new Directory(childPath, name);
    parent.directories.put(name, child);
    return child;
  }

  private static String join(String parent, String name) {
    return parent.isEmpty() ? name : parent + "/" + name;
  }

  private static InvalidSpec duplicate(String path) {
    return new InvalidSpec(
        IsoNames.attempt(path), "there is one of that name already", "add each path once");
  }

  /** The frozen tree. Refuses names that would be the same for some reader. */
  IsoNode freeze() {
    return IsoNode.root(root.mode, children(root));
  }

  private static List<IsoNode> children(Directory directory) {
    List<IsoNode> children = new ArrayList<>(directory.leaves.values());
    for (Directory child : directory.directories.values()) {
      children.add(IsoNode.directory(child.path, child.name, child.mode, children(child)));
    }
    refuseCollisions(children);
    return children;
  }

  private static void refuseCollisions(List<IsoNode> children) {
    Map<String, IsoNode> primary = new HashMap<>();
    Map<String, IsoNode> joliet = new HashMap<>();
    for (IsoNode child : children) {
      refuse(child, primary.put(child.name(false), child), "ISO 9660");
      // Windows compares Joliet names without regard to case.
      String folded = child.name(true).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
      refuse(child, joliet.put(folded, child), "Joliet");
    }
  }

  private static void refuse(IsoNode child, @Nullable IsoNode other, String nameSpace) {
    if (other != null) {
      throw new InvalidSpec(
          "make an ISO image",
          "'" + other.path() + "' and '" + child.path() + "' have the same name in " + nameSpace,
          "make the first 15 characters differ by letters or digits, not by case or punctuation");
    }
  }
}
