package io.vmkit.cloudinit.iso;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** SL, RRIP 1.12 section 4.1.3: the target of a link, a record for each of its components. */
final class LinkEntry {
  private static final int HEADER = 5;
  private static final int MAX_CONTENT = 255 - HEADER;
  private static final byte CONTINUE = 1;

  /** Component flags. */
  private static final int CURRENT = 2;

  private static final int PARENT = 4;
  private static final int ROOT = 8;

  private LinkEntry() {}

  static int length(byte[] target) {
    return areas(target).stream().mapToInt(area -> HEADER + area.length).sum();
  }

  static void write(ByteBuffer out, byte[] target) {
    List<byte[]> areas = areas(target);
    for (int i = 0; i < areas.size(); i++) {
      byte[] area = areas.get(i);
      SystemUse.header(out, 'S', 'L', HEADER + area.length);
      out.put(i + 1 < areas.size() ? CONTINUE : 0).put(area);
    }
  }

  /** The component records, filled into as few entries as possible. */
  private static List<byte[]> areas(byte[] target) {
    List<byte[]> areas = new ArrayList<>();
    ByteArrayOutputStream area = new ByteArrayOutputStream();
    for (byte[] component : components(new String(target, StandardCharsets.UTF_8))) {
      if (area.size() + component.length > MAX_CONTENT) {
        areas.add(area.toByteArray());
        area.reset();
      }
      area.writeBytes(component);
    }
    areas.add(area.toByteArray());
    return areas;
  }

  private static List<byte[]> components(String target) {
    List<byte[]> components = new ArrayList<>();
    if (target.startsWith("/")) {
      components.add(component(ROOT, ""));
    }
    for (String part : target.split("/", -1)) {
      switch (part) {
        case "" -> {} // Slashes in a row are one.
        case "." -> components.add(component(CURRENT, ""));
        case ".." -> components.add(component(PARENT, ""));
        default -> components.add(component(0, part));
      }
    }
    return components;
  }

  private static byte[] component(int flags, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer record = ByteBuffer.allocate(2 + bytes.length);
    return record.put((byte) flags).put((byte) bytes.length).put(bytes).array();
  }
}
