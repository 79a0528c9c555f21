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

  private final FileChannel channel;

  private LockFile(FileChannel channel) {
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
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) != null) {
        LockFile lock = new LockFile(channel);
        channel = null;
        return Optional.of(lock);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw DurableFiles.fault("lock " + file, e);
    } finally {
      if (channel != null) {
        new LockFile(channel).close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // Another thread of this JVM has it.
    }
  }

  /** Releases the lock. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw DurableFiles.fault("release a lock", e);
    }
  }
}
