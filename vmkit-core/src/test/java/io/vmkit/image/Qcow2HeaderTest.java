package io.vmkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.ImageRejected;
import io.vmkit.value.MemorySize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Qcow2HeaderTest {
  private static final int CLUSTER = 1 << 16;

  @TempDir Path directory;

  /** What qemu-img makes of {@code create -f qcow2 x 1G}: header, refcount table and block, L1. */
  private static ByteBuffer sound() {
    return ByteBuffer.allocate(4 * CLUSTER)
        .putInt(0, Qcow2Header.MAGIC)
        .putInt(4, 3)
        .putInt(20, 16)
        .putLong(24, 1 << 30)
        .putInt(36, 2)
        .putLong(40, 3 * CLUSTER)
        .putLong(48, CLUSTER)
        .putInt(56, 1)
        .putInt(96, 4)
        .putInt(100, 104);
  }

  private static ByteBuffer withBackingFile(String name) {
    ByteBuffer header = sound().putLong(8, 512).putInt(16, name.length());
    return header.position(512).put(name.getBytes(StandardCharsets.UTF_8));
  }

  private Qcow2Header read(ByteBuffer content) throws IOException {
    return Qcow2Header.read(Files.write(directory.resolve("disk"), content.array()));
  }

  @Test
  void soundHeaderIsRead() throws IOException {
    Qcow2Header header = read(sound());
    assertThat(header.virtualSize()).isEqualTo(MemorySize.gib(1));
    assertThat(header.clusterSize()).isEqualTo(CLUSTER);
    assertThat(header.backingFile()).isEmpty();
    assertThat(header.externalData()).isFalse();
  }

  @Test
  void backingFileIsTold() throws IOException {
    assertThat(read(withBackingFile("/etc/passwd")).backingFile()).contains("/etc/passwd");
  }

  @Test
  void imageThatRefersToAnotherFileIsNotUsed() throws IOException {
    Path file = Files.write(directory.resolve("disk"), withBackingFile("/etc/shadow").array());
    assertThatThrownBy(() -> DiskFile.inspect(file))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining("refers to another file")
        .hasMessageContaining("/etc/shadow");
  }

  @Test
  void imageWithExternalDataIsNotUsed() throws IOException {
    Path file = Files.write(directory.resolve("disk"), sound().putLong(72, 4).array());
    assertThatThrownBy(() -> DiskFile.inspect(file))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining("refers to another file");
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        damage("version 7", header -> header.putInt(4, 7)),
        damage("2^40", header -> header.putInt(20, 40)),
        damage("negative size", header -> header.putLong(24, -1)),
        damage("too small for its size", header -> header.putLong(24, Long.MAX_VALUE)),
        damage("L1 table", header -> header.putInt(36, -1)),
        damage("L1 table upon its header", header -> header.putLong(40, 0)),
        damage("truncated: its L1 table", header -> header.putLong(40, 1L << 40)),
        damage("truncated: its refcount table", header -> header.putLong(48, 1L << 40)),
        damage("refcount table", header -> header.putInt(56, Integer.MAX_VALUE)),
        damage("encrypted", header -> header.putInt(32, 2)),
        damage("marked as corrupt", header -> header.putLong(72, 2)),
        damage("not known: 0x100", header -> header.putLong(72, 0x100)),
        damage("backing file name", header -> header.putLong(8, 512).putInt(16, 1 << 30)),
        damage(
            "truncated: the name", header -> header.putLong(8, Long.MAX_VALUE - 4).putInt(16, 10)));
  }

  private static Arguments damage(String said, Consumer<ByteBuffer> change) {
    return Arguments.arguments(said, change);
  }

  @ParameterizedTest
  @MethodSource("damages")
  void damageIsNamed(String said, Consumer<ByteBuffer> change) {
    ByteBuffer header = sound();
    change.accept(header);
    assertThatThrownBy(() -> read(header))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 71, 90, 2 * CLUSTER - 1, 3 * CLUSTER})
  void truncatedFileIsRefused(int length) {
    ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(sound().array(), length));
    assertThatThrownBy(() -> read(cut))
        .isInstanceOf(ImageRejected.class)
        .hasMessageContaining("truncated");
  }

  /** A header of which any bytes are changed is read or refused, never anything else. */
  @Property
  void mutatedHeaderIsReadOrRefused(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 4, max = 110) Integer> places,
      @ForAll @Size(8) byte[] values,
      @ForAll @IntRange(min = 0, max = 4 * CLUSTER) int length)
      throws IOException {
    ByteBuffer header = withBackingFile("base.qcow2");
    for (int i = 0; i < places.size(); i++) {
      header.put(places.get(i), values[i]);
    }
    Path file = Files.createTempFile("qcow2", null);
    try {
      Files.write(file, Arrays.copyOf(header.array(), length));
      Qcow2Header read = Qcow2Header.read(file);
      assertThat(read.virtualSize().bytes()).isNotNegative();
    } catch (ImageRejected refused) {
      assertThat(refused.nextStep()).isNotEmpty();
    } finally {
      Files.delete(file);
    }
  }
}
