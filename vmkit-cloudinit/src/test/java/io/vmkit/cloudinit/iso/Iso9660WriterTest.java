package io.vmkit.cloudinit.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.StorageFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Iso9660WriterTest {
  @TempDir Path directory;

  @Test
  void replacesAnExistingFileAndLeavesNothingElse() throws IOException {
    Path file = Files.writeString(directory.resolve("seed.iso"), "old");
    Iso9660Writer.write(image(IsoContent.of("new")), file);
    assertThat(new IsoReader(Files.readAllBytes(file)).rockRidge())
        .hasEntrySatisfying("/file", content -> assertThat(content).asString().isEqualTo("new"));
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    assertOnly(file);
  }

  @Test
  void labelsBothHierarchies() throws IOException {
    Path file = directory.resolve("seed.iso");
    Iso9660Writer.write(IsoImage.labelled("a-label-of-more-than-16").build(), file);
    IsoReader reader = new IsoReader(Files.readAllBytes(file));
    assertThat(reader.label(16, StandardCharsets.US_ASCII)).isEqualTo("a-label-of-more-than-16");
    assertThat(reader.label(17, StandardCharsets.UTF_16BE)).isEqualTo("a-label-of-more-");
  }

  @Test
  void streamsWhatDoesNotFitIntoTheBuffer() throws IOException {
    byte[] random = new byte[5_000_001];
    new Random(1).nextBytes(random);
    Path large = Files.write(directory.resolve("large"), random);
    Path file = directory.resolve("large.iso");
    Iso9660Writer.write(image(IsoContent.of(large)), file);
    assertThat(new IsoReader(Files.readAllBytes(file)).rockRidge().get("/file")).isEqualTo(random);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 10, 2_000_000})
  void contentThatFailsLeavesTheOldFile(long given) throws IOException {
    Path file = Files.writeString(directory.resolve("seed.iso"), "old");
    IsoContent failing = content(3_000_000, given, new IOException("No space left on device"));
    assertThatThrownBy(() -> Iso9660Writer.write(image(failing), file))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("the disk is full");
    assertThat(file).hasContent("old");
    assertOnly(file);
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 11})
  void contentOfAnotherLengthIsRefusedByName(long given) throws IOException {
    Path file = directory.resolve("seed.iso");
    IsoContent changed = content(10, given, null);
    assertThatThrownBy(() -> Iso9660Writer.write(image(changed), file))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("'file'")
        .hasMessageContaining("do not change a file");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void missingDirectoryIsAStorageFault() {
    Path file = directory.resolve("missing/seed.iso");
    assertThatThrownBy(() -> Iso9660Writer.write(image(IsoContent.of("x")), file))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void missingSourceIsAStorageFaultThatNamesIt() {
    Path source = directory.resolve("gone");
    assertThatThrownBy(
            () -> Iso9660Writer.write(image(IsoContent.of(source)), directory.resolve("a.iso")))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("gone");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void fileBeyondFourGibibytesGetsSeveralExtents() throws IOException {
    long length = (5L << 30) + 7;
    Start start = new Start(1 << 20);
    Iso9660Writer.write(image(content(length, length, null)), start);
    ByteBuffer root = start.sector(156 + 2, 16);
    int second = (root.get(0) & 0xff) + root.get(root.get(0) & 0xff);
    int third = second + (root.get(second) & 0xff);
    long first = Integer.toUnsignedLong(Integer.reverseBytes(root.getInt(second + 10)));
    long rest = Integer.toUnsignedLong(Integer.reverseBytes(root.getInt(third + 10)));
    assertThat(root.get(second + 25)).isEqualTo((byte) 0x80);
    assertThat(root.get(third + 25)).isZero();
    assertThat(first % 2048).isZero();
    assertThat(first + rest).isEqualTo(length);
    int firstSector = Integer.reverseBytes(root.getInt(second + 2));
    assertThat(Integer.reverseBytes(root.getInt(third + 2)) - firstSector)
        .isEqualTo((int) (first / 2048));
    assertThat(start.total).isEqualTo((firstSector + (length + 2047) / 2048) * 2048);
  }

  private static IsoImage image(IsoContent content) {
    return IsoImage.labelled("cidata").file("file", content).build();
  }

  private void assertOnly(Path file) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  /** Zeros: so many as promised, so many as given, then an error if there is one. */
  private static IsoContent content(long promised, long given, IOException error) {
    return new IsoContent() {
      @Override
      public long length() {
        return promised;
      }

      @Override
      public InputStream openStream() {
        return new Zeros(given, error);
      }
    };
  }

  private static final class Zeros extends InputStream {
    private long left;
    private final IOException error;

    Zeros(long left, IOException error) {
      this.left = left;
      this.error = error;
    }

    @Override
    public int read() throws IOException {
      return read(new byte[1], 0, 1) < 0 ? -1 : 0;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0 && error != null) {
        throw error;
      }
      int count = (int) Math.min(left, length);
      Arrays.fill(bytes, offset, offset + count, (byte) 0);
      left -= count;
      return count == 0 ? -1 : count;
    }
  }

  /** Keeps the first bytes and counts the rest. */
  private static final class Start implements WritableByteChannel {
    private final byte[] kept;
    private long total;

    Start(int size) {
      kept = new byte[size];
    }

    /** The sector that a field of a descriptor points to. */
    ByteBuffer sector(int field, int descriptor) {
      int sector = Integer.reverseBytes(ByteBuffer.wrap(kept).getInt(descriptor * 2048 + field));
      return ByteBuffer.wrap(kept, sector * 2048, 2048).slice();
    }

    @Override
    public int write(ByteBuffer source) {
      int count = source.remaining();
      int keep = (int) Math.max(0, Math.min(count, kept.length - total));
      source.get(kept, (int) Math.min(total, kept.length - keep), keep);
      source.position(source.limit());
      total += count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
