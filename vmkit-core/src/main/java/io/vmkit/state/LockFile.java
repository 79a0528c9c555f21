package io.vmkit.state;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.OperationInterrupted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock on a file, held against other JVMs and other threads alike. The system releases
 * it when the JVM dies. The file itself is never removed.
 */
public final class LockFile implements AutoCloseable {
  /** A lock gives no sign when it gets free; another look costs some 10 µs. */
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /**
   * What this JVM holds or is about to. The system's locks belong to the process and go when any of
   * its descriptors of the file is closed (fcntl(2), "record locks"), so a thread must not so much
   * as open a file that another thread has locked.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path key;
  private final FileChannel channel;
  private boolean released;

  private LockFile(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Takes the lock, waiting for whoever has it. Interruptible.
   *
   * @param file the lock file; made if need be, in a directory that exists
   * @param timeout how long to wait
   * @return the lock, to be closed
   * @throws DeadlineExceeded when another holds it too long
   * @throws io.vmkit.error.StorageFault when the file cannot be opened
   * @throws OperationInterrupted when the thread is interrupted
   */
  public static LockFile acquire(Path file, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    Optional<LockFile> lock = tryAcquire(file);
    while (lock.isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        throw new DeadlineExceeded(
            "lock " + file,
            "another thread or process held it for " + timeout.toSeconds() + " s",
            Evidence.none(),
            "find it with: fuser " + file,
            null);
      }
      LockSupport.parkNanos(POLL_NANOS);
      if (Thread.interrupted()) {
        throw new OperationInterrupted("lock " + file, null);
      }
      lock = tryAcquire(file);
    }
    return lock.get();
  }

  /**
   * Takes the lock if it is free.
   *
   * @param file the lock file; made if need be, in a directory that exists
   * @return the lock, to be closed; empty when another has it
   * @throws io.vmkit.error.StorageFault when the file cannot be opened
   */
  public static Optional<LockFile> tryAcquire(Path file) {
    try {
      Path key = key(file);
      return HELD.add(key) ? Optional.ofNullable(lockAlone(file, key)) : Optional.empty();
    } catch (IOException e) {
      throw DurableFiles.fault("lock " + file, e);
    }
  }

  /** One path for one file, by whatever links it was reached. */
  private static Path key(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path directory = absolute.getParent();
    return directory == null ? absolute : directory.toRealPath().resolve(absolute.getFileName());
  }

  /** Against other JVMs; null when one of them has it. */
  private static @Nullable LockFile lockAlone(Path file, Path key) throws IOException {
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = tryLock(channel) != null;
      return locked ? new LockFile(key, channel) : null;
    } finally {
      if (!locked) {
        if (channel != null) {
          channel.close();
        }
        HELD.remove(key);
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // This class in another class loader has it.
    }
  }

  /** Releases the lock. Does nothing the second time. */
  @Override
  public synchronized void close() {
    if (released) {
      return;
    }
    released = true;
    try {
      channel.close();
    } catch (IOException e) {
      throw DurableFiles.fault("release a lock", e);
    } finally {
      HELD.remove(key);
    }
  }
}
