package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A file that the guest shall have (cloud-config {@code write_files}). Its content never shows in
 * {@link #toString()}.
 */
public final class WriteFile {
  private final String path;
  private final Map<String, Object> tree;

  private WriteFile(String path, Map<String, Object> tree) {
    this.path = path;
    this.tree = tree;
  }

  /**
   * Starts a file that holds a text.
   *
   * @param path an absolute path in the guest; missing directories are made
   * @param text the content, written in UTF-8
   * @return a builder
   * @throws InvalidSpec when the path is not absolute
   */
  public static Builder text(String path, String text) {
    return new Builder(path, text.getBytes(StandardCharsets.UTF_8), "text/plain");
  }

  /**
   * Starts a file that holds any bytes, sent in base64.
   *
   * @param path an absolute path in the guest; missing directories are made
   * @param bytes the content
   * @return a builder
   * @throws InvalidSpec when the path is not absolute
   */
  public static Builder bytes(String path, byte[] bytes) {
    return new Builder(path, bytes.clone(), "b64");
  }

  /** {@return the path in the guest} */
  public String path() {
    return path;
  }

  Map<String, Object> yaml() {
    return tree;
  }

  /** {@return whether all of it is the same} */
  @Override
  public boolean equals(Object other) {
    return other instanceof WriteFile file && tree.equals(file.tree);
  }

  @Override
  public int hashCode() {
    return tree.hashCode();
  }

  /** {@return the path} */
  @Override
  public String toString() {
    return "WriteFile[" + path + "]";
  }

  /** Collects what the file shall be. Not thread-safe. */
  public static final class Builder {
    private final String path;
    private final byte[] content;
    private final Tree tree = new Tree();
    private String encoding;

    private Builder(String path, byte[] content, String encoding) {
      this.path = Checks.absolutePath("write a file in the guest", path);
      this.content = content;
      this.encoding = encoding;
    }

    /**
     * Sets owner and group, {@code root:root} by default.
     *
     * @param owner {@code USER:GROUP}; combine with {@link #defer} when cloud-init makes the user
     * @return this
     * @throws InvalidSpec when it is blank
     */
    public Builder owner(String owner) {
      tree.put("owner", Checks.notBlank("set the owner of " + path, owner));
      return this;
    }

    /**
     * Sets the permissions, 0644 by default.
     *
     * @param mode permission bits as chmod takes them, 0 to 07777
     * @return this
     * @throws InvalidSpec when there are other bits
     */
    public Builder permissions(int mode) {
      if ((mode & ~07777) != 0) {
        throw new InvalidSpec(
            "set the permissions of " + path,
            "0" + Integer.toOctalString(mode) + " is no file mode",
            "use an octal number such as 0640");
      }
      tree.put("permissions", String.format("%04o", mode));
      return this;
    }

    /**
     * Sends the content compressed: for large files.
     *
     * @return this
     */
    public Builder gzip() {
      encoding = "gz+b64";
      return this;
    }

    /**
     * Appends to the file instead of replacing it.
     *
     * @return this
     */
    public Builder append() {
      tree.put("append", true);
      return this;
    }

    /**
     * Writes the file in the final stage, when users and packages are there.
     *
     * @return this
     */
    public Builder defer() {
      tree.put("defer", true);
      return this;
    }

    /** {@return the file} */
    public WriteFile build() {
      Tree yaml = new Tree().put("path", path);
      tree.frozen().forEach(yaml::put);
      if (!encoding.equals("text/plain")) {
        yaml.put("encoding", encoding);
      }
      return new WriteFile(path, yaml.put("content", encoded()).frozen());
    }

    private String encoded() {
      return switch (encoding) {
        case "gz+b64" -> Base64.getEncoder().encodeToString(compressed());
        case "b64" -> Base64.getEncoder().encodeToString(content);
        default -> new String(content, StandardCharsets.UTF_8);
      };
    }

    private byte[] compressed() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(content);
      } catch (IOException e) {
        throw new UncheckedIOException("memory does not fail", e);
      }
      return bytes.toByteArray();
    }
  }
}
