package io.vmkit.state;

import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.StorageFault;
import io.vmkit.error.VmkitException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes files so that a crash at any point leaves the old content or the new, never a part. */
public final class DurableFiles {
  private static final Set<PosixFilePermission> PRIVATE_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private DurableFiles() {}

  /** What fills a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes everything to the channel, which is open for writing at position 0.
     *
     * @param out the new file
     * @throws IOException when it cannot be written
     */
    void writeTo(FileChannel out) throws IOException;
  }

  /**
   * Replaces a file by temp file, fsync and rename.
   *
   * @param file the file, in a directory that exists
   * @param permissions as in {@code "rw-------"}; exactly these, whatever the umask
   * @param content the new content
   * @throws StorageFault when it cannot be written whole; the old file is then as it was
   */
  public static void replace(Path file, String permissions, Content content) {
    replace(file, permissions, content, true);
  }

  private static void replace(Path file, String permissions, Content content, boolean durably) {
    Set<PosixFilePermission> mode = PosixFilePermissions.fromString(permissions);
    Path temporary = null;
    try {
      temporary =
          Files.createTempFile(
              parent(file), ".new-", null, PosixFilePermissions.asFileAttribute(mode));
      Files.setPosixFilePermissions(temporary, mode);
      try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        content.writeTo(out);
        if (durably) {
          out.force(true);
        }
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      if (durably) {
        syncDirectory(parent(file));
      }
    } catch (IOException e) {
      VmkitException fault = fault("write " + file, e);
      if (temporary != null) {
        deleteAfterFailure(temporary, fault);
      }
      throw fault;
    }
  }

  /**
   * Replaces a text file (UTF-8).
   *
   * @param file the file, in a directory that exists
   * @param permissions as in {@code "rw-------"}
   * @param text the new content
   * @throws StorageFault when it cannot be written whole; the old file is then as it was
   */
  public static void replace(Path file, String permissions, String text) {
    replace(file, permissions, text(text), true);
  }

  /**
   * Replaces a text file (UTF-8) that means nothing after the host's next boot, such as where a
   * process is: whole or not at all for every reader, but not forced to the disk, which costs
   * milliseconds.
   *
   * @param file the file, in a directory that exists
   * @param permissions as in {@code "rw-------"}
   * @param text the new content
   * @throws StorageFault when it cannot be written whole; the old file is then as it was
   */
  public static void replaceUntilReboot(Path file, String permissions, String text) {
    replace(file, permissions, text(text), false);
  }

  private static Content text(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    return out -> {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    };
  }

  /**
   * Makes a directory that only its owner can enter, with its parents; an existing one is left as
   * it is.
   *
   * @param directory the directory
   * @throws StorageFault when it cannot be made
   */
  public static void makePrivateDirectory(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PRIVATE_DIRECTORY));
      }
    } catch (IOException e) {
      throw fault("make directory " + directory, e);
    }
  }

  /**
   * Removes a directory with all it holds, never following links; does nothing when there is none.
   *
   * @param directory the directory
   * @throws StorageFault when something cannot be removed
   */
  public static void removeTree(Path directory) {
    try {
      Files.walkFileTree(directory, new Remover());
    } catch (NoSuchFileException e) {
      return; // Nothing to remove.
    } catch (IOException e) {
      throw fault("remove " + directory, e);
    }
  }

  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException error)
        throws IOException {
      if (error != null) {
        throw error;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }

  /**
   * {@return the error that says what a failed file operation means and what to do: a {@link
   * StorageFault}, or {@link OperationInterrupted} when an interrupt made it fail}
   *
   * @param attempted what was being done
   * @param error what the file system said
   */
  public static VmkitException fault(String attempted, IOException error) {
    if (error instanceof ClosedByInterruptException) {
      return new OperationInterrupted(attempted, error);
    }
    String said = String.valueOf(error.getMessage());
    if (said.contains("No space left on device") || said.contains("Disk quota exceeded")) {
      return new StorageFault(attempted, "the disk is full", "free some space and retry", error);
    }
    if (error instanceof AccessDeniedException) {
      return new StorageFault(
          attempted, "permission denied: " + said, "give this user access to it", error);
    }
    if (error instanceof NoSuchFileException) {
      return new StorageFault(attempted, said + " does not exist", "check the path", error);
    }
    if (error instanceof FileAlreadyExistsException || error instanceof NotDirectoryException) {
      return new StorageFault(
          attempted, said + " is there and no directory", "move it away", error);
    }
    if (error instanceof DirectoryNotEmptyException) {
      return new StorageFault(
          attempted, said + " was written to meanwhile", "see who else uses it", error);
    }
    return new StorageFault(attempted, said, "check the file system", error);
  }

  private static void deleteAfterFailure(Path temporary, VmkitException fault) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }

  /** Makes the rename itself durable; Linux lets a directory be opened and synced. */
  private static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new StorageFault("write " + file, "it has no directory", "name a file");
    }
    return parent;
  }
}
