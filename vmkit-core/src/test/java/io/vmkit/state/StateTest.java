package io.vmkit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.StorageFault;
import io.vmkit.value.SshKeyPair;
import io.vmkit.value.VmName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {
  @TempDir Path root;

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void theClientKeyIsMadeOnceAndKeptPrivate() throws IOException {
    SshKeyPair first = StateDirectory.at(root).clientKey();
    SshKeyPair second = StateDirectory.at(root).clientKey();
    StateLayout layout = new StateLayout(root);
    assertThat(second).isEqualTo(first);
    assertThat(mode(layout.clientKey())).isEqualTo("rw-------");
    assertThat(mode(layout.clientPublicKey())).isEqualTo("rw-r--r--");
  }

  @Test
  void aFailedReplacementLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = root.resolve("file");
    DurableFiles.replace(file, "rw-r--r--", "old");
    assertThatThrownBy(
            () ->
                DurableFiles.replace(
                    file,
                    "rw-r--r--",
                    out -> {
                      out.write(ByteBuffer.wrap(new byte[] {1}));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("the disk is full");
    assertThat(Files.readString(file)).isEqualTo("old");
    try (Stream<Path> files = Files.list(root)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anUnusableDirectoryIsNamed() throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    assertThatThrownBy(() -> StateDirectory.at(file.resolve("state")))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aTreeIsRemovedWithoutFollowingLinks() throws IOException {
    Path precious = Files.createFile(root.resolve("precious"));
    Path tree = Files.createDirectories(root.resolve("tree/deep/er")).getParent().getParent();
    Files.createSymbolicLink(tree.resolve("link"), root);
    DurableFiles.removeTree(tree);
    DurableFiles.removeTree(tree);
    assertThat(tree).doesNotExist();
    assertThat(precious).exists();
  }

  @Test
  void aLockKeepsOthersOutUntilItIsReleased() {
    Path file = root.resolve("lock");
    try (LockFile held = LockFile.acquire(file, Duration.ofSeconds(1))) {
      assertThat(LockFile.tryAcquire(file)).isEmpty();
      assertThatThrownBy(() -> LockFile.acquire(file, Duration.ofMillis(20)))
          .isInstanceOf(DeadlineExceeded.class)
          .hasMessageContaining("another thread or process held it");
    }
    LockFile.acquire(file, Duration.ofSeconds(1)).close();
  }

  @Test
  void aSocketPathThatLinuxCannotTakeIsRefusedWithItsLength() {
    Path deep = root.resolve("d".repeat(100));
    assertThatThrownBy(() -> new StateLayout(deep).vm(VmName.of("web")).qmpSocket())
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("bytes, Linux takes 107");
  }
}
