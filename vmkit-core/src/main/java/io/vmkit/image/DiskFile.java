package io.vmkit.image;

import io.vmkit.error.ImageRejected;
import io.vmkit.state.DurableFiles;
import io.vmkit.value.MemorySize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Looks at a file and tells what disk is in it, by its content and never by its name. */
final class DiskFile {
  private static final int SECTOR = 512;

  /** What is often taken for a disk, by how it begins (ISO 8859-1), and what to do with it. */
  private record Foreign(String name, String magic, String nextStep) {}

  private static final String UNPACK = "unpack it first";
  private static final String CONVERT = "convert it with: qemu-img convert -O qcow2";

  private static final List<Foreign> FOREIGN =
      List.of(
          new Foreign("a gzip archive", "\u001f\u008b", UNPACK),
          new Foreign("an xz archive", "\u00fd7zXZ\0", UNPACK),
          new Foreign("a zstd archive", "(\u00b5/\u00fd", UNPACK),
          new Foreign("a bzip2 archive", "BZh", UNPACK),
          new Foreign("a zip archive", "PK\u0003\u0004", UNPACK),
          new Foreign("a VMDK disk", "KDMV", CONVERT),
          new Foreign("a VMDK description", "# Disk DescriptorFile", CONVERT),
          new Foreign("a VHDX disk", "vhdxfile", CONVERT),
          new Foreign("a VHD disk", "conectix", CONVERT),
          new Foreign("an HTML page", "<!DOCTYPE", "check the address"),
          new Foreign("an HTML page", "<html", "check the address"));

  private DiskFile() {}

  /**
   * {@return the disk in a file}
   *
   * @throws ImageRejected when there is none that can be used by itself
   * @throws io.vmkit.error.StorageFault when the file cannot be read
   */
  static BaseDisk inspect(Path file) {
    String attempted = "use image " + file;
    if (Files.isDirectory(file)) {
      throw new ImageRejected(attempted, "it is a directory", "name the file in it");
    }
    try {
      byte[] start = start(file);
      long length = Files.size(file);
      if (length == 0) {
        throw new ImageRejected(attempted, "it is empty", "fetch or copy it again");
      }
      if (start.length >= Integer.BYTES && ByteBuffer.wrap(start).getInt() == Qcow2Header.MAGIC) {
        return qcow2(file);
      }
      rejectForeign(attempted, new String(start, StandardCharsets.ISO_8859_1));
      if (length % SECTOR != 0) {
        throw new ImageRejected(
            attempted,
            "it is neither qcow2 nor a raw disk: " + length + " bytes are no whole sectors",
            "fetch or copy it again");
      }
      return new BaseDisk(file, DiskFormat.RAW, MemorySize.bytes(length));
    } catch (NoSuchFileException e) {
      throw new ImageRejected(attempted, "there is no such file", "check the path", e);
    } catch (IOException e) {
      throw DurableFiles.fault(attempted, e);
    }
  }

  private static BaseDisk qcow2(Path file) {
    Qcow2Header header = Qcow2Header.read(file);
    String other =
        header
            .backingFile()
            .map(name -> "its backing file " + name)
            .orElse(header.externalData() ? "a data file" : "");
    if (!other.isEmpty()) {
      // Such a reference in a foreign image would let its maker read the files of this host.
      throw new ImageRejected(
          "use image " + file,
          "it refers to another file, " + other,
          "make it stand alone with: qemu-img convert -O qcow2");
    }
    return new BaseDisk(file, DiskFormat.QCOW2, header.virtualSize());
  }

  private static void rejectForeign(String attempted, String start) {
    for (Foreign foreign : FOREIGN) {
      if (start.startsWith(foreign.magic())) {
        throw new ImageRejected(attempted, "it is " + foreign.name(), foreign.nextStep());
      }
    }
  }

  private static byte[] start(Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(SECTOR);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // A read may give less than asked for.
      }
    }
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
