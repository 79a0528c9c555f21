package io.vmkit.cloudinit.iso;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A directory, file or symbolic link of an image, with its name in all three name spaces. Equal
 * only to itself.
 */
final class IsoNode {
  /** File types of {@code st_mode} (POSIX), as Rock Ridge's PX holds them. */
  private static final int DIRECTORY = 0040000;

  private static final int REGULAR = 0100000;
  private static final int SYMLINK = 0120000;

  private final String path;
  private final byte[] rockRidgeName;
  private final String primaryName;
  private final String jolietName;
  private final byte[] primaryId;
  private final byte[] jolietId;
  private final int mode;
  private final @Nullable IsoContent content;
  private final byte @Nullable [] target;
  private final List<IsoNode> primaryChildren;
  private final List<IsoNode> jolietChildren;

  private IsoNode(
      String path,
      byte[] rockRidgeName,
      String primaryName,
      String jolietName,
      int mode,
      @Nullable IsoContent content,
      byte @Nullable [] target,
      List<IsoNode> children) {
    this.path = path;
    this.rockRidgeName = rockRidgeName;
    this.primaryName = primaryName;
    this.jolietName = jolietName;
    this.mode = mode;
    this.content = content;
    this.target = target;
    // File identifiers end with the version, directory identifiers do not (ECMA-119 7.5, 7.6);
    // in Joliet no writer of note puts it, since some readers show it.
    String version = isDirectory() ? "" : ";1";
    this.primaryId = (primaryName + version).getBytes(StandardCharsets.US_ASCII);
    this.jolietId = jolietName.getBytes(StandardCharsets.UTF_16BE);
    this.primaryChildren = sorted(children, false);
    this.jolietChildren = sorted(children, true);
  }

  static IsoNode root(int permissions, List<IsoNode> children) {
    return new IsoNode("", new byte[0], "", "", DIRECTORY | permissions, null, null, children);
  }

  static IsoNode directory(String path, String name, int permissions, List<IsoNode> children) {
    return new IsoNode(
        path,
        IsoNames.rockRidge(path, name),
        IsoNames.primaryDirectory(name),
        IsoNames.joliet(name),
        DIRECTORY | permissions,
        null,
        null,
        children);
  }

  static IsoNode file(String path, String name, int permissions, IsoContent content) {
    return leaf(path, name, REGULAR | permissions, content, null);
  }

  static IsoNode symlink(String path, String name, byte[] target) {
    return leaf(path, name, SYMLINK | 0777, null, target);
  }

  private static IsoNode leaf(
      String path, String name, int mode, @Nullable IsoContent content, byte @Nullable [] target) {
    return new IsoNode(
        path,
        IsoNames.rockRidge(path, name),
        IsoNames.primaryFile(name),
        IsoNames.joliet(name),
        mode,
        content,
        target,
        List.of());
  }

  /**
   * Identifiers in ascending order (ECMA-119 9.3). Without the version, since a shorter extension
   * is filled up with spaces, which come before everything, while ';' comes after the digits.
   */
  private static List<IsoNode> sorted(List<IsoNode> children, boolean joliet) {
    List<IsoNode> sorted = new ArrayList<>(children);
    sorted.sort((a, b) -> a.name(joliet).compareTo(b.name(joliet)));
    return Collections.unmodifiableList(sorted);
  }

  /** The whole path, for messages. */
  String path() {
    return path;
  }

  /** The name in a hierarchy, without a version. */
  String name(boolean joliet) {
    return joliet ? jolietName : primaryName;
  }

  /** The identifier in a hierarchy, as it stands in directory records and path tables. */
  byte[] identifier(boolean joliet) {
    return joliet ? jolietId : primaryId;
  }

  List<IsoNode> children(boolean joliet) {
    return joliet ? jolietChildren : primaryChildren;
  }

  byte[] rockRidgeName() {
    return rockRidgeName;
  }

  boolean isDirectory() {
    return (mode & 0170000) == DIRECTORY;
  }

  /** File type and permissions as in {@code st_mode}. */
  int mode() {
    return mode;
  }

  /** Hard links as {@code st_nlink}: a directory has one in its parent, itself and each child. */
  int links() {
    return isDirectory()
        ? 2 + (int) primaryChildren.stream().filter(IsoNode::isDirectory).count()
        : 1;
  }

  @Nullable IsoContent content() {
    return content;
  }

  byte @Nullable [] target() {
    return target;
  }
}
