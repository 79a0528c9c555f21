package io.vmkit.image;

import io.vmkit.error.ImageRejected;
import io.vmkit.state.DurableFiles;
import io.vmkit.value.MemorySize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The header of a qcow2 file, read and checked without qemu-img: QEMU's docs/interop/qcow2.txt.
 *
 * <pre>
 *  0 magic "QFI\xfb"   4 version           8 backing file offset   16 backing file name length
 * 20 cluster bits     24 virtual size     32 encryption            36 entries of the L1 table
 * 40 L1 offset        48 refcount offset  56 clusters of the refcount table
 * 60 snapshots        64 snapshot offset  72 incompatible features (version 3 on)
 * </pre>
 *
 * @param version 2 or 3
 * @param clusterSize bytes of a cluster, a power of two from 512 to 2 MiB
 * @param virtualSize the size that a guest sees
 * @param backingFile the file that holds what this one does not, as the header names it
 * @param externalData whether the content is in a file beside this one
 */
public record Qcow2Header(
    int version,
    int clusterSize,
    MemorySize virtualSize,
    Optional<String> backingFile,
    boolean externalData) {
  static final int MAGIC = 0x514649fb;

  private static final int LENGTH_V2 = 72;
  private static final int LENGTH_V3 = 104;
  private static final int MIN_CLUSTER_BITS = 9;
  private static final int MAX_CLUSTER_BITS = 21;
  private static final int ENTRY = 8;

  /** QEMU's own bounds: QCOW_MAX_L1_SIZE and QCOW_MAX_REFTABLE_SIZE in block/qcow2.h. */
  private static final long MAX_L1_BYTES = 32L << 20;

  private static final long MAX_REFCOUNT_TABLE_BYTES = 8L << 20;
  private static final int MAX_BACKING_NAME = 1023;

  private static final long EXTERNAL_DATA = 1 << 2;
  private static final long CORRUPT = 1 << 1;

  /** Dirty, corrupt, external data, compression type, extended L2 entries. */
  private static final long KNOWN_FEATURES = 0x1f;

  /**
   * Reads the header of a file and checks that the tables it names lie inside the file.
   *
   * @param file a qcow2 file
   * @return its header
   * @throws ImageRejected when it is no qcow2, damaged or truncated
   * @throws io.vmkit.error.StorageFault when the file cannot be read
   */
  public static Qcow2Header read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new Reader(file, channel, channel.size()).read();
    } catch (IOException e) {
      throw DurableFiles.fault("read image " + file, e);
    }
  }

  /** Reads one file; every number in it is taken to be hostile. */
  private record Reader(Path file, FileChannel channel, long length) {
    Qcow2Header read() throws IOException {
      ByteBuffer fixed = bytes(0, (int) Math.min(length, LENGTH_V3));
      if (fixed.remaining() < LENGTH_V2) {
        throw truncated("its header");
      }
      if (fixed.getInt(0) != MAGIC) {
        throw rejected("it is no qcow2 file", "check what was given");
      }
      int version = fixed.getInt(4);
      if (version != 2 && version != 3) {
        throw rejected("it is qcow2 version " + version, "convert it with: qemu-img convert");
      }
      if (version == 3 && fixed.remaining() < LENGTH_V3) {
        throw truncated("its header");
      }
      long features = version == 3 ? fixed.getLong(72) : 0;
      checkFeatures(features, fixed.getInt(32));
      int clusterSize = clusterSize(fixed.getInt(20));
      long virtualSize = fixed.getLong(24);
      checkTables(fixed, clusterSize, virtualSize);
      return new Qcow2Header(
          version,
          clusterSize,
          MemorySize.bytes(virtualSize),
          backingFile(fixed.getLong(8), fixed.getInt(16)),
          (features & EXTERNAL_DATA) != 0);
    }

    private void checkFeatures(long features, int encryption) {
      if ((features & CORRUPT) != 0) {
        throw rejected("it is marked as corrupt", "see: qemu-img check " + file);
      }
      if ((features & ~KNOWN_FEATURES) != 0) {
        throw rejected(
            "it has features that are not known: 0x" + Long.toHexString(features),
            "convert it with: qemu-img convert");
      }
      if (encryption != 0) {
        throw rejected("it is encrypted", "convert it with: qemu-img convert");
      }
    }

    private int clusterSize(int bits) {
      if (bits < MIN_CLUSTER_BITS || bits > MAX_CLUSTER_BITS) {
        throw damaged("clusters of 2^" + bits + " bytes");
      }
      return 1 << bits;
    }

    private void checkTables(ByteBuffer fixed, int clusterSize, long virtualSize) {
      if (virtualSize < 0) {
        throw damaged("a negative size");
      }
      long l1Bytes = Integer.toUnsignedLong(fixed.getInt(36)) * ENTRY;
      // An L1 entry stands for a cluster full of L2 entries, each of which stands for a cluster.
      long bytesOfL1Entry = (long) clusterSize * (clusterSize / ENTRY);
      long l1Needed = virtualSize / bytesOfL1Entry + (virtualSize % bytesOfL1Entry == 0 ? 0 : 1);
      if (l1Bytes / ENTRY < l1Needed) {
        throw damaged("an L1 table too small for its size");
      }
      checkTable("its L1 table", fixed.getLong(40), l1Bytes, MAX_L1_BYTES, clusterSize);
      checkTable(
          "its refcount table",
          fixed.getLong(48),
          Integer.toUnsignedLong(fixed.getInt(56)) * clusterSize,
          MAX_REFCOUNT_TABLE_BYTES,
          clusterSize);
    }

    private void checkTable(String table, long offset, long bytes, long most, int clusterSize) {
      if (bytes > most || offset < 0 || offset % clusterSize != 0) {
        throw damaged(table + " of " + bytes + " bytes at " + offset);
      }
      if (bytes > 0 && offset == 0) {
        throw damaged(table + " upon its header");
      }
      if (offset > length - bytes) {
        throw truncated(table);
      }
    }

    private Optional<String> backingFile(long offset, int size) throws IOException {
      if (offset == 0) {
        return Optional.empty();
      }
      if (size < 1 || size > MAX_BACKING_NAME || offset < LENGTH_V2) {
        throw damaged("a backing file name of " + size + " bytes at " + offset);
      }
      if (offset > length - size) {
        throw truncated("the name of its backing file");
      }
      return Optional.of(StandardCharsets.UTF_8.decode(bytes(offset, size)).toString());
    }

    private ByteBuffer bytes(long offset, int size) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(size);
      while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
        // A read may give less than asked for.
      }
      return buffer.flip();
    }

    private ImageRejected truncated(String what) {
      return rejected(
          "it is truncated: " + what + " is past the end, at " + length + " bytes",
          "fetch or copy it again");
    }

    private ImageRejected damaged(String what) {
      return rejected("it is damaged: it has " + what, "fetch or copy it again");
    }

    private ImageRejected rejected(String why, String nextStep) {
      return new ImageRejected("use image " + file, why, nextStep);
    }
  }
}
