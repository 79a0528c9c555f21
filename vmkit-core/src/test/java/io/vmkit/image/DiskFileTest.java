package io.vmkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.ImageRejected;
import io.vmkit.progress.Progress;
import io.vmkit.value.MemorySize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskFileTest {
  @TempDir Path directory;

  @Test
  void wholeSectorsAreRawDiskWhateverTheName() throws IOException {
    Path file = Files.write(directory.resolve("disk.qcow2"), new byte[1024]);
    assertThat(DiskFile.inspect(file))
        .isEqualTo(new BaseDisk(file, DiskFormat.RAW, MemorySize.bytes(1024)));
  }

  @ParameterizedTest
  @CsvSource({
    "'\u001f\u008b\b', gzip, unpack",
    "'\u00fd7zXZ\0', xz archive, unpack",
    "KDMV, VMDK, qemu-img convert",
    "vhdxfile, VHDX, qemu-img convert",
    "<!DOCTYPE html>, HTML page, address",
    "just some words, neither qcow2 nor a raw disk, again"
  })
  void whatIsNoDiskIsNamed(String content, String said, String nextStep) throws IOException {
    Path file = directory.resolve("disk.raw");
    Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> DiskFile.inspect(file))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining(said)
        .hasMessageContaining(nextStep);
  }

  @Test
  void missingDirectoryAndEmptyAreTold() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty"));
    assertThatThrownBy(() -> DiskFile.inspect(directory.resolve("gone")))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> DiskFile.inspect(directory))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining("is a directory");
    assertThatThrownBy(() -> DiskFile.inspect(empty))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining("is empty");
  }

  @Test
  void fileIsUsedInPlaceAndItsKeyChangesWithIt() throws IOException {
    ImageStore store = ImageStore.in(directory.resolve("store"));
    Path file = Files.write(directory.resolve("disk"), new byte[512]);
    Image first = ImageSource.file(file).obtain(store, Progress.none());
    assertThat(first.disk().orElseThrow().file()).isEqualTo(file);
    assertThat(ImageSource.file(file).obtain(store, Progress.none())).isEqualTo(first);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertThat(ImageSource.file(file).obtain(store, Progress.none()).key())
        .isNotEqualTo(first.key());
  }
}
