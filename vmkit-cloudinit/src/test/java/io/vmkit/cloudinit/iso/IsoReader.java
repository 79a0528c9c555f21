package io.vmkit.cloudinit.iso;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A reader that shares nothing with the writer but the documents. Strict: records in order, both
 * byte orders equal, path tables that agree with the directories.
 */
final class IsoReader {
  private static final int SECTOR = 2048;
  private final ByteBuffer image;

  IsoReader(byte[] bytes) {
    image = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Contents by path as a reader of plain ISO 9660, Joliet or Rock Ridge sees them. */
  Map<String, byte[]> plain() {
    return walk(16, Names.PLAIN);
  }

  Map<String, byte[]> joliet() {
    return walk(17, Names.JOLIET);
  }

  Map<String, byte[]> rockRidge() {
    return walk(16, Names.ROCK_RIDGE);
  }

  String label(int descriptor, Charset charset) {
    return new String(image.array(), descriptor * SECTOR + 40, 32, charset).strip();
  }

  long volumeSectors() {
    return both32(16 * SECTOR + 80);
  }

  private enum Names {
    PLAIN,
    JOLIET,
    ROCK_RIDGE
  }

  private Map<String, byte[]> walk(int descriptor, Names names) {
    int at = descriptor * SECTOR;
    require(new String(image.array(), at + 1, 5, StandardCharsets.US_ASCII).equals("CD001"));
    Map<String, byte[]> files = new TreeMap<>();
    List<Integer> sectors = new ArrayList<>();
    directory(at + 156, "", names, files, sectors);
    List<Integer> fromPathTable = pathTable(at);
    sectors.sort(null);
    require(sectors.equals(fromPathTable));
    return files;
  }

  private List<Integer> pathTable(int descriptor) {
    int length = both32(descriptor + 132);
    int little = image.getInt(descriptor + 140) * SECTOR;
    int big = Integer.reverseBytes(image.getInt(descriptor + 148)) * SECTOR;
    List<Integer> sectors = new ArrayList<>();
    for (int at = 0; at < length; ) {
      require(image.getInt(little + at + 2) == Integer.reverseBytes(image.getInt(big + at + 2)));
      sectors.add(image.getInt(little + at + 2));
      int identifier = image.get(little + at) & 0xff;
      at += 8 + identifier + identifier % 2;
    }
    sectors.sort(null);
    return sectors;
  }

  private void directory(
      int record, String path, Names names, Map<String, byte[]> files, List<Integer> sectors) {
    int start = both32(record + 2) * SECTOR;
    int end = start + both32(record + 10);
    sectors.add(start / SECTOR);
    byte[] last = {};
    for (int at = start; at < end; ) {
      int length = image.get(at) & 0xff;
      if (length == 0) {
        at += SECTOR - at % SECTOR;
        continue;
      }
      require(at / SECTOR == (at + length - 1) / SECTOR && length % 2 == 0);
      byte[] identifier = identifier(at);
      if (identifier.length > 1 || identifier[0] > 1) {
        byte[] ordered = names == Names.JOLIET ? identifier : withoutVersion(identifier);
        require(Arrays.compareUnsigned(last, ordered) < 0);
        last = ordered;
        entry(at, path + "/" + name(at, identifier, names), names, files, sectors);
      }
      at += length;
    }
  }

  private static byte[] withoutVersion(byte[] identifier) {
    String text = new String(identifier, StandardCharsets.US_ASCII).replace(";1", "");
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void entry(
      int at, String path, Names names, Map<String, byte[]> files, List<Integer> sectors) {
    if ((image.get(at + 25) & 2) != 0) {
      files.put(path + "/", new byte[0]);
      directory(at, path, names, files, sectors);
    } else {
      int start = both32(at + 2) * SECTOR;
      files.put(path, Arrays.copyOfRange(image.array(), start, start + both32(at + 10)));
    }
  }

  private byte[] identifier(int record) {
    int length = image.get(record + 32) & 0xff;
    return Arrays.copyOfRange(image.array(), record + 33, record + 33 + length);
  }

  private String name(int record, byte[] identifier, Names names) {
    return switch (names) {
      case PLAIN -> new String(identifier, StandardCharsets.US_ASCII);
      case JOLIET -> new String(identifier, StandardCharsets.UTF_16BE);
      case ROCK_RIDGE -> {
        int start = record + 33 + (identifier.length | 1);
        List<byte[]> parts = new ArrayList<>();
        systemUse(start, record + (image.get(record) & 0xff), parts);
        ByteBuffer name = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(name::put);
        yield new String(name.array(), StandardCharsets.UTF_8);
      }
    };
  }

  private void systemUse(int start, int end, List<byte[]> nameParts) {
    for (int at = start; at + 4 <= end; at += image.get(at + 2) & 0xff) {
      String signature = new String(image.array(), at, 2, StandardCharsets.US_ASCII);
      int length = image.get(at + 2) & 0xff;
      require(length >= 4 && at + length <= end);
      if (signature.equals("NM")) {
        nameParts.add(Arrays.copyOfRange(image.array(), at + 5, at + length));
      } else if (signature.equals("CE")) {
        int offset = both32(at + 12);
        int size = both32(at + 20);
        require(offset + size <= SECTOR);
        int from = both32(at + 4) * SECTOR + offset;
        systemUse(from, from + size, nameParts);
      }
    }
  }

  private int both32(int at) {
    require(image.getInt(at) == Integer.reverseBytes(image.getInt(at + 4)));
    return image.getInt(at);
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new AssertionError("the image breaks ECMA-119");
    }
  }
}
