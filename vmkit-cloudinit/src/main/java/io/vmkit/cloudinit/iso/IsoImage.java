package io.vmkit.cloudinit.iso;

import io.vmkit.error.InvalidSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * What an ISO 9660 image holds: a label, directories, files and symbolic links. Immutable; the same
 * description is written as the same bytes, whatever the order in which it was given.
 *
 * <pre>{@code
 * IsoImage image = IsoImage.labelled("config-2")
 *     .file("openstack/latest/meta_data.json", IsoContent.of(json))
 *     .file("openstack/content/0000", IsoContent.of(path))
 *     .build();
 * Iso9660Writer.write(image, Path.of("config.iso"));
 * }</pre>
 *
 * <p>Everything belongs to root (uid and gid 0). Names appear as given to readers of Rock Ridge
 * (Linux) and Joliet (Windows); readers of plain ISO 9660 see them in upper case, cut to 30
 * characters, with an underscore for whatever is neither letter nor digit.
 */
public final class IsoImage {
  /** 1980-01-01, the first moment that every file system can tell. */
  private static final Instant DEFAULT_TIMESTAMP = Instant.parse("1980-01-01T00:00:00Z");

  /** Volume identifier, ECMA-119 8.4.7. */
  private static final int MAX_LABEL = 32;

  private final String label;
  private final Instant timestamp;
  private final IsoNode root;

  private IsoImage(String label, Instant timestamp, IsoNode root) {
    this.label = label;
    this.timestamp = timestamp;
    this.root = root;
  }

  /**
   * Starts the description of an image.
   *
   * @param label the volume label, 1 to 32 printable ASCII characters; Joliet holds the first 16
   * @return a builder
   * @throws InvalidSpec when the label is too long, empty, or not printable ASCII
   */
  public static Builder labelled(String label) {
    if (label.length() > MAX_LABEL) {
      throw badLabel(label, "has " + label.length() + " characters");
    }
    if (label.isEmpty() || label.startsWith(" ") || label.endsWith(" ")) {
      throw badLabel(label, "is empty or has spaces around it");
    }
    if (!label.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw badLabel(label.replace("\0", "\\0"), "is not printable ASCII");
    }
    return new Builder(label);
  }

  private static InvalidSpec badLabel(String label, String fault) {
    return new InvalidSpec(
        "label an ISO image",
        "'" + label + "' " + fault,
        "use 1 to " + MAX_LABEL + " letters, digits, '-' or '_', such as cidata");
  }

  /** {@return the volume label} */
  public String label() {
    return label;
  }

  /** {@return the time that the volume and all its files bear} */
  public Instant timestamp() {
    return timestamp;
  }

  IsoNode root() {
    return root;
  }

  /** {@return the label} */
  @Override
  public String toString() {
    return "IsoImage[" + label + "]";
  }

  /** Collects what the image shall hold. Not thread-safe. */
  public static final class Builder {
    private static final int DEFAULT_FILE_MODE = 0444;

    private final String label;
    private final IsoTree tree = new IsoTree();
    private Instant timestamp = DEFAULT_TIMESTAMP;

    private Builder(String label) {
      this.label = label;
    }

    /**
     * Adds a file that everybody may read (0444).
     *
     * @param path its path in the image, parts joined by '/'; missing directories are made (0555)
     * @param content what it holds
     * @return this
     * @throws InvalidSpec when a name is too long, no file name, or taken
     */
    public Builder file(String path, IsoContent content) {
      return file(path, DEFAULT_FILE_MODE, content);
    }

    /**
     * Adds a file.
     *
     * @param path its path in the image, parts joined by '/'; missing directories are made (0555)
     * @param permissions the permission bits as chmod takes them, 0 to 07777
     * @param content what it holds
     * @return this
     * @throws InvalidSpec when a name is too long, no file name, or taken, or the bits are wrong
     */
    public Builder file(String path, int permissions, IsoContent content) {
      tree.addFile(path, checked(path, permissions), content);
      return this;
    }

    /**
     * Adds a directory, which may stay empty.
     *
     * @param path its path in the image; missing parents are made (0555)
     * @param permissions the permission bits as chmod takes them, 0 to 07777
     * @return this
     * @throws InvalidSpec when a name is too long, no file name, or taken, or the bits are wrong
     */
    public Builder directory(String path, int permissions) {
      tree.addDirectory(path, checked(path, permissions));
      return this;
    }

    /**
     * Adds a symbolic link; only readers of Rock Ridge see it as one, others see an empty file.
     *
     * @param path its path in the image
     * @param target where it points, 1 to 1024 bytes in UTF-8; need not exist
     * @return this
     * @throws InvalidSpec when a name is too long, no file name, or taken
     */
    public Builder symlink(String path, String target) {
      tree.addSymlink(path, SymlinkTarget.checked(path, target));
      return this;
    }

    /**
     * Sets the time that the volume and all its files bear, 1980-01-01T00:00:00Z by default.
     *
     * @param time a time of the years 1900 to 2155 (ECMA-119 9.1.5), cut to whole seconds
     * @return this
     * @throws InvalidSpec when the year cannot be told
     */
    public Builder timestamp(Instant time) {
      int year = time.atOffset(ZoneOffset.UTC).getYear();
      if (year < 1900 || year > 2155) {
        throw new InvalidSpec(
            "set the time of an ISO image", time + " cannot be told", "use 1900 to 2155");
      }
      timestamp = time;
      return this;
    }

    /**
     * Takes the time from {@code SOURCE_DATE_EPOCH} (reproducible-builds.org) when it is set. It is
     * never read unless this is called.
     *
     * @param environment the variables, as of {@link System#getenv()}
     * @return this
     * @throws InvalidSpec when the variable holds no time in seconds
     */
    public Builder timestampFrom(Map<String, String> environment) {
      String seconds = environment.get("SOURCE_DATE_EPOCH");
      if (seconds == null) {
        return this;
      }
      try {
        return timestamp(Instant.ofEpochSecond(Long.parseLong(seconds)));
      } catch (NumberFormatException | DateTimeException e) {
        throw new InvalidSpec(
            "read SOURCE_DATE_EPOCH",
            "'" + seconds + "' is no time",
            "set it to the seconds since 1970",
            e);
      }
    }

    /**
     * {@return the image}
     *
     * @throws InvalidSpec when two names are the same for readers of ISO 9660 or Joliet
     */
    public IsoImage build() {
      return new IsoImage(label, timestamp, tree.freeze());
    }

    private static int checked(String path, int permissions) {
      if ((permissions & ~07777) != 0) {
        throw new InvalidSpec(
            IsoNames.attempt(path),
            "0" + Integer.toOctalString(permissions) + " is no file mode",
            "use permission bits from 0 to 07777");
      }
      return permissions;
    }
  }
}
