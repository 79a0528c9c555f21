package io.vmkit.cloudinit.iso;

import io.vmkit.error.StorageFault;
import io.vmkit.state.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes an {@link IsoImage} as ISO 9660 (ECMA-119) with Rock Ridge and Joliet. Contents are
 * streamed; a file longer than 4 GiB gets several extents (level 3). Thread-safe: it has no state.
 */
public final class Iso9660Writer {
  /** Contents up to this many bytes in all go out together with the metadata. */
  private static final long SMALL = 1 << 20;

  private Iso9660Writer() {}

  /**
   * Writes an image as a file that only its owner may read or write. An existing file is replaced
   * atomically; it is not forced to the disk, since the same description makes it again.
   *
   * @param image what to write
   * @param file where, in a directory that exists
   * @throws StorageFault when it cannot be written whole, or a content cannot be read; nothing is
   *     left then, and an existing file is as it was
   * @throws io.vmkit.error.InvalidSpec when it would exceed 8 TiB
   */
  public static void write(IsoImage image, Path file) {
    Path temporary = null;
    boolean done = false;
    try {
      Path target = file.toAbsolutePath();
      Path directory = target.getParent();
      temporary = Files.createTempFile(directory == null ? target : directory, ".new-", ".iso");
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        write(image, channel);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      done = true;
    } catch (IOException e) {
      throw DurableFiles.fault("write the ISO image " + file, e);
    } finally {
      if (!done && temporary != null) {
        delete(temporary);
      }
    }
  }

  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw DurableFiles.fault("remove the unfinished " + temporary, e);
    }
  }

  /**
   * Writes an image to a channel, from its first byte to its last.
   *
   * @param image what to write
   * @param channel a blocking channel, which stays open
   * @throws IOException when the channel or a content fails
   * @throws StorageFault when a content does not have the length that it told
   * @throws io.vmkit.error.InvalidSpec when it would exceed 8 TiB
   */
  public static void write(IsoImage image, WritableByteChannel channel) throws IOException {
    Layout layout = new Layout(image);
    long metadata = layout.firstFileSector() * Fields.SECTOR;
    long contents = (layout.volumeSectors() - layout.firstFileSector()) * Fields.SECTOR;
    int capacity = Math.toIntExact(metadata + Math.min(contents, SMALL));
    ByteBuffer buffer = ByteBuffer.allocate(capacity);
    writeMetadata(image, layout, buffer);
    ImageOutput output = new ImageOutput(buffer.position((int) metadata), channel);
    for (FileExtent file : layout.filesInOrder()) {
      output.append(file);
    }
    output.flush();
  }

  private static void writeMetadata(IsoImage image, Layout layout, ByteBuffer out) {
    Hierarchy primary = layout.primary();
    Hierarchy joliet = layout.joliet();
    at(out, Layout.PRIMARY_DESCRIPTOR);
    new VolumeDescriptor(image, layout, primary).write(out);
    at(out, Layout.JOLIET_DESCRIPTOR);
    new VolumeDescriptor(image, layout, joliet).write(out);
    at(out, Layout.TERMINATOR);
    VolumeDescriptor.writeTerminator(out);
    SystemUse systemUse = new SystemUse(image.timestamp());
    byte[] time = Fields.shortTime(image.timestamp());
    for (Hierarchy hierarchy : new Hierarchy[] {primary, joliet}) {
      PathTable.write(at(out, layout.pathTable(hierarchy, false)), hierarchy, false);
      PathTable.write(at(out, layout.pathTable(hierarchy, true)), hierarchy, true);
      new DirectoryExtents(layout, hierarchy, systemUse, time).write(out);
    }
    layout.continuations().write(out);
  }

  private static ByteBuffer at(ByteBuffer out, long sector) {
    return out.position((int) (sector * Fields.SECTOR));
  }
}
