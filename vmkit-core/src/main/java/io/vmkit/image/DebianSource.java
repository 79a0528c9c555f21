package io.vmkit.image;

import io.vmkit.error.InvalidSpec;
import io.vmkit.process.CommandRunner;
import io.vmkit.progress.Progress;
import io.vmkit.value.Architecture;
import io.vmkit.value.Digest;
import io.vmkit.value.MemorySize;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A Debian of one's own: made by mmdebstrap from the mirror the host itself uses, as root or as an
 * ordinary user. It boots by its kernel, configures itself by cloud-init (NoCloud or ConfigDrive)
 * and runs OpenSSH and the guest agent. Made once for each recipe: suite, architecture, packages,
 * size and vmkit's own part, not the time; so it gets no updates until it is removed from the
 * store. Needs mmdebstrap, e2fsprogs and, for an ordinary user, uidmap on the host. Immutable.
 */
public final class DebianSource implements ImageSource {
  /** The disk's size unless said otherwise; it takes room only as it fills. */
  public static final MemorySize DEFAULT_SIZE = MemorySize.gib(4);

  /** Below this the packages do not fit. */
  private static final MemorySize SMALLEST = MemorySize.gib(1);

  private static final Pattern SUITE = Pattern.compile("[a-z][a-z0-9-]{0,30}");

  /** Debian Policy 5.6.7. */
  private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]+");

  private final String suite;
  private final Architecture architecture;
  private final SortedSet<String> packages;
  private final MemorySize size;
  private final CommandRunner runner;

  private DebianSource(Builder builder) {
    this.suite = builder.suite;
    this.architecture = Architecture.ofHost();
    this.packages = new TreeSet<>(builder.packages);
    this.size = builder.size;
    this.runner = CommandRunner.system();
  }

  /**
   * Begins the description of an image.
   *
   * @param suite the release by its code name, such as {@code bookworm}
   * @return a builder
   * @throws InvalidSpec when it cannot be the name of a release
   */
  public static Builder suite(String suite) {
    return new Builder(suite);
  }

  /** {@return a builder that starts from this source} */
  public Builder toBuilder() {
    return new Builder(suite).packages(List.copyOf(packages)).size(size);
  }

  /** {@return the release by its code name} */
  public String suite() {
    return suite;
  }

  /** {@return the packages added to the usual ones, sorted} */
  public List<String> packages() {
    return List.copyOf(packages);
  }

  /** {@return the size of the disk} */
  public MemorySize size() {
    return size;
  }

  @Override
  public String label() {
    return "debian-" + suite;
  }

  @Override
  public Image obtain(ImageStore store, Progress progress) {
    DebianBuild build = new DebianBuild(this, architecture, runner, progress);
    Digest key = Digest.sha256(build.recipe().getBytes(StandardCharsets.UTF_8));
    return store.obtain(label(), key, directory -> build.make(directory, key));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DebianSource that
        && suite.equals(that.suite)
        && architecture == that.architecture
        && packages.equals(that.packages)
        && size.equals(that.size);
  }

  @Override
  public int hashCode() {
    return Objects.hash(suite, architecture, packages, size);
  }

  @Override
  public String toString() {
    return label() + " with " + packages + ", " + size;
  }

  /** Collects what the image shall be. Not thread-safe. */
  public static final class Builder {
    private final String suite;
    private final List<String> packages = new ArrayList<>();
    private MemorySize size = DEFAULT_SIZE;

    private Builder(String suite) {
      if (!SUITE.matcher(suite).matches()) {
        throw new InvalidSpec(
            "choose a release of Debian",
            "'" + suite + "' is no code name",
            "use one such as bookworm");
      }
      this.suite = suite;
    }

    /**
     * Adds packages to the usual ones.
     *
     * @param names their names in Debian
     * @return this builder
     * @throws InvalidSpec when one cannot be the name of a package
     */
    public Builder packages(List<String> names) {
      for (String name : names) {
        if (!PACKAGE.matcher(name).matches()) {
          throw new InvalidSpec(
              "add package '" + name + "' to an image",
              "it cannot be the name of a package",
              "use the name that apt search shows");
        }
      }
      packages.addAll(names);
      return this;
    }

    /**
     * Sets the size of the disk; {@link #DEFAULT_SIZE} by default.
     *
     * @param disk the size, at least 1 GiB
     * @return this builder
     * @throws InvalidSpec when it is too small
     */
    public Builder size(MemorySize disk) {
      if (disk.compareTo(SMALLEST) < 0) {
        throw new InvalidSpec(
            "set the size of image debian-" + suite,
            disk + " is too small",
            "use " + SMALLEST + " or more");
      }
      this.size = disk;
      return this;
    }

    /** {@return the source} */
    public DebianSource build() {
      return new DebianSource(this);
    }
  }
}
