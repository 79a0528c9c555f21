package io.vmkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lock against other processes, which no thread of ours may loosen by trying. */
class LockFileTest {
  private static final Duration AT_ONCE = Duration.ZERO;

  @TempDir Path directory;

  /** Tries the lock from another JVM and prints whether it got it. */
  static final class Other {
    private Other() {}

    public static void main(String[] args) {
      System.exit(LockFile.tryAcquire(Path.of(args[0])).isPresent() ? 0 : 1);
    }
  }

  private static boolean isFreeForAnotherJvm(Path file) throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Other.class.getName(),
                file.toString())
            .inheritIO()
            .start();
    int exitCode = other.waitFor();
    assertThat(exitCode).isBetween(0, 1);
    return exitCode == 0;
  }

  @Test
  void anotherThreadThatTriesInVainDoesNotReleaseItToOtherJvms() throws Exception {
    Path file = directory.resolve("lock");
    try (LockFile held = LockFile.acquire(file, AT_ONCE)) {
      assertThat(LockFile.tryAcquire(file)).isEmpty();
      assertThat(isFreeForAnotherJvm(file)).isFalse();
    }
    assertThat(isFreeForAnotherJvm(file)).isTrue();
  }

  @Test
  void aFileIsOneFileByWhateverLinkItIsReached() throws IOException {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    try (LockFile held = LockFile.acquire(real.resolve("lock"), AT_ONCE)) {
      assertThat(LockFile.tryAcquire(link.resolve("lock"))).isEmpty();
    }
  }

  @Test
  void releasingTwiceDoesNotReleaseTheNextHolder() {
    Path file = directory.resolve("lock");
    LockFile first = LockFile.acquire(file, AT_ONCE);
    first.close();
    try (LockFile second = LockFile.acquire(file, AT_ONCE)) {
      first.close();
      assertThat(LockFile.tryAcquire(file)).isEmpty();
    }
  }
}
