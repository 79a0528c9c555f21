package io.vmkit.image;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.InvalidSpec;
import io.vmkit.process.CommandRunner;
import io.vmkit.state.DurableFiles;
import io.vmkit.state.LockFile;
import io.vmkit.state.XdgDirectory;
import io.vmkit.value.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of this user, one directory each. Several JVMs may share a store. Thread-safe.
 *
 * <pre>
 * ROOT/
 *   LABEL-KEY/           one image, whole: its files and image.json
 *   .new-LABEL-KEY/      one in the making; becomes LABEL-KEY by rename
 *   .locks/LABEL-KEY     held by whoever makes it
 * </pre>
 *
 * <p>A maker that dies leaves only {@code .new-…}, which is cleared when the store is next opened
 * or the image is next asked for. An image whose files are missing or have changed their size is
 * made anew.
 */
public final class ImageStore {
  /** Longer than any image takes to make; who waits can be interrupted before. */
  private static final Duration LONGEST_MAKING = Duration.ofHours(3);

  private static final Logger LOG = LoggerFactory.getLogger(ImageStore.class);
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");
  private static final String UNFINISHED = ".new-";

  private final Path root;
  private final Path locks;

  private ImageStore(Path root) {
    this.root = root;
    this.locks = root.resolve(".locks");
  }

  /**
   * Opens a store, made with mode 0700 if need be, and clears what makers that died left.
   *
   * @param directory where it keeps its images
   * @return the store
   * @throws io.vmkit.error.StorageFault when the directory cannot be made or entered
   */
  public static ImageStore in(Path directory) {
    ImageStore store = new ImageStore(directory.toAbsolutePath().normalize());
    DurableFiles.makePrivateDirectory(store.root);
    DurableFiles.makePrivateDirectory(store.locks);
    store.clearUnfinished();
    return store;
  }

  /**
   * Opens the store that the environment names: {@code images} in {@code VMKIT_CACHE}, else in
   * {@code $XDG_CACHE_HOME/vmkit}, else in {@code ~/.cache/vmkit}.
   *
   * @return the store
   * @throws io.vmkit.error.StorageFault when the directory cannot be made or entered
   */
  public static ImageStore fromEnvironment() {
    return in(XdgDirectory.CACHE.fromEnvironment().resolve("images"));
  }

  /** {@return where the images are} */
  public Path root() {
    return root;
  }

  /** Makes the files of an image. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Makes the image. Whatever it leaves in the directory belongs to the image, so scratch files
     * must be removed; when it throws, the directory goes with all it holds.
     *
     * @param directory an empty directory; becomes the image's own, under another name
     * @return the image, its files in the directory
     * @throws IOException when a file cannot be written
     */
    Image make(Path directory) throws IOException;
  }

  /**
   * Gives an image, made only if the store has none of this label and key. Whoever asks for one
   * that is in the making, in this JVM or another, waits for it. Interruptible.
   *
   * @param label the image's name for people: letters, digits and {@code ._+-}, at most 100
   * @param key the digest of the image's content or of its recipe
   * @param maker makes it
   * @return the image, whole and durable
   * @throws InvalidSpec when the label cannot be a file's name
   * @throws io.vmkit.error.StorageFault when it cannot be stored; nothing of it is left
   */
  public Image obtain(String label, Digest key, Maker maker) {
    if (!LABEL.matcher(label).matches()) {
      throw new InvalidSpec(
          "store image '" + label + "'",
          "the label cannot be a file's name",
          "use 1 to 100 letters, digits and ._+-, the first a letter or digit");
    }
    String name = label + "-" + key.shortHex();
    Optional<Image> known = ImageDirectory.read(root.resolve(name), key.hex());
    if (known.isPresent()) {
      return known.get();
    }
    try (LockFile lock = LockFile.acquire(locks.resolve(name), LONGEST_MAKING)) {
      return ImageDirectory.read(root.resolve(name), key.hex())
          .orElseGet(() -> makeLocked(name, key, maker));
    }
  }

  private Image makeLocked(String name, Digest key, Maker maker) {
    Path target = root.resolve(name);
    Path unfinished = root.resolve(UNFINISHED + name);
    remove(unfinished);
    remove(target);
    boolean whole = false;
    try {
      DurableFiles.makePrivateDirectory(unfinished);
      Image made = maker.make(unfinished);
      ImageDirectory.write(unfinished, made);
      ImageDirectory.publish(unfinished, target);
      whole = true;
    } catch (IOException e) {
      throw DurableFiles.fault("make image " + name, e);
    } finally {
      if (!whole) {
        remove(unfinished);
      }
    }
    return ImageDirectory.read(target, key.hex()).orElseThrow();
  }

  private void clearUnfinished() {
    for (Path unfinished : unfinished()) {
      String name = String.valueOf(unfinished.getFileName()).substring(UNFINISHED.length());
      try (LockFile lock = LockFile.acquire(locks.resolve(name), Duration.ZERO)) {
        remove(unfinished);
      } catch (DeadlineExceeded inUse) {
        LOG.debug("{} is in the making", unfinished, inUse);
      }
    }
  }

  private List<Path> unfinished() {
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .filter(entry -> String.valueOf(entry.getFileName()).startsWith(UNFINISHED))
          .toList();
    } catch (IOException e) {
      throw DurableFiles.fault("list " + root, e);
    }
  }

  private static void remove(Path directory) {
    OwnedTree.remove(directory, CommandRunner.system());
  }
}
