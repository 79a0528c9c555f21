package io.vmkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.InvalidSpec;
import io.vmkit.error.StorageFault;
import io.vmkit.state.LockFile;
import io.vmkit.value.Architecture;
import io.vmkit.value.Digest;
import io.vmkit.value.MemorySize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageStoreTest {
  private static final Digest KEY = Digest.sha256("recipe".getBytes(StandardCharsets.UTF_8));
  private static final String NAME = "blank-" + KEY.shortHex();

  @TempDir Path root;
  private ImageStore store;
  private final AtomicInteger made = new AtomicInteger();

  @BeforeEach
  void open() {
    store = ImageStore.in(root);
  }

  private Image make(Path directory) throws IOException {
    made.incrementAndGet();
    Path disk = Files.write(directory.resolve("disk.raw"), new byte[4096]);
    return new Image(
        "blank",
        KEY.hex(),
        Architecture.X86_64,
        Optional.of(new BaseDisk(disk, DiskFormat.RAW, MemorySize.bytes(4096))),
        Optional.of(
            new KernelBoot(
                Files.createFile(directory.resolve("vmlinuz")),
                Files.createFile(directory.resolve("initrd")),
                "console=ttyS0")));
  }

  private Image obtain() {
    return store.obtain("blank", KEY, this::make);
  }

  private List<Path> unfinished() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(".new")).toList();
    }
  }

  @Test
  void imageIsMadeOnceAndReadBackTheSame() {
    Image first = obtain();
    assertThat(first.disk().orElseThrow().file()).isEqualTo(root.resolve(NAME + "/disk.raw"));
    assertThat(ImageStore.in(root).obtain("blank", KEY, this::make)).isEqualTo(first);
    assertThat(made).hasValue(1);
  }

  @Test
  void allWhoAskAtOnceGetTheOneImage() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Image> asks = this::obtain;
      List<Future<Image>> answers = threads.invokeAll(Collections.nCopies(8, asks));
      for (Future<Image> answer : answers) {
        assertThat(answer.get()).isEqualTo(obtain());
      }
    } finally {
      threads.shutdown();
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void failedMakerLeavesNothing() throws IOException {
    assertThatThrownBy(
            () ->
                store.obtain(
                    "blank",
                    KEY,
                    directory -> {
                      Files.write(directory.resolve("half"), new byte[10]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("the disk is full");
    assertThat(unfinished()).isEmpty();
    assertThat(root.resolve(NAME)).doesNotExist();
  }

  @Test
  void whatDeadMakerLeftIsClearedAtOpening() throws IOException {
    Files.write(Files.createDirectory(root.resolve(".new-" + NAME)).resolve("half"), new byte[10]);
    ImageStore.in(root);
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void whatLivingMakerHasIsLeftAlone() throws IOException {
    Files.createDirectory(root.resolve(".new-" + NAME));
    try (LockFile maker =
        LockFile.acquire(root.resolve(".locks").resolve(NAME), Duration.ofSeconds(1))) {
      ImageStore.in(root);
      assertThat(unfinished()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk.raw", "vmlinuz", "image.json"})
  void imageWithoutOneOfItsFilesIsMadeAnew(String file) throws IOException {
    obtain();
    Files.delete(root.resolve(NAME).resolve(file));
    assertThat(obtain().disk().orElseThrow().file()).exists();
    assertThat(made).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk.raw", "image.json"})
  void truncatedImageIsMadeAnew(String file) throws IOException {
    obtain();
    Path damaged = root.resolve(NAME).resolve(file);
    Files.write(damaged, new byte[10]);
    obtain();
    assertThat(Files.size(damaged)).isGreaterThan(10);
    assertThat(made).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a/b", ".hidden", "a b"})
  void labelThatIsNoFileNameIsRefused(String label) {
    assertThatThrownBy(() -> store.obtain(label, KEY, this::make))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("'" + label + "'");
  }
}
