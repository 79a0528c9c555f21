package io.vmkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class CpioWriterTest {
  private record Entry(int mode, byte[] content) {}

  /** Reads as the kernel does, init/initramfs.c: fields of eight digits, padding to four bytes. */
  private static Map<String, Entry> read(byte[] archive) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    int position = 0;
    while (true) {
      assertThat(text(archive, position, 6)).isEqualTo("070701");
      int mode = field(archive, position, 1);
      int size = field(archive, position, 6);
      int nameSize = field(archive, position, 11);
      String name = text(archive, position + 110, nameSize - 1);
      int content = aligned(position + 110 + nameSize);
      if (name.equals("TRAILER!!!")) {
        assertThat(archive).hasSize(content);
        return entries;
      }
      entries.put(name, new Entry(mode, Arrays.copyOfRange(archive, content, content + size)));
      position = aligned(content + size);
    }
  }

  private static int field(byte[] archive, int header, int number) {
    return Integer.parseInt(text(archive, header + 6 + 8 * number, 8), 16);
  }

  private static String text(byte[] archive, int from, int length) {
    return new String(archive, from, length, StandardCharsets.UTF_8);
  }

  private static int aligned(int position) {
    return (position + 3) / 4 * 4;
  }

  @Test
  void kindsAndModesAreAsTheKernelReadsThem() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CpioWriter cpio = new CpioWriter(out)) {
      cpio.directory("bin", 0755);
      cpio.file("bin/tool", 0750, new byte[] {1, 2, 3});
      cpio.symlink("bin/sh", "tool");
    }
    Map<String, Entry> entries = read(out.toByteArray());
    assertThat(entries).containsOnlyKeys("bin", "bin/tool", "bin/sh");
    assertThat(entries.get("bin").mode()).isEqualTo(0040755);
    assertThat(entries.get("bin/tool").mode()).isEqualTo(0100750);
    assertThat(entries.get("bin/sh").mode()).isEqualTo(0120777);
    assertThat(entries.get("bin/sh").content()).asString().isEqualTo("tool");
  }

  @Property(tries = 200)
  void everyFileComesBackAndEqualInputGivesEqualBytes(
      @ForAll @UniqueElements @Size(max = 6)
          List<@AlphaChars @StringLength(min = 1, max = 40) String> names,
      @ForAll @Size(max = 50) byte[] content)
      throws IOException {
    byte[] archive = archive(names, content);
    assertThat(archive(names, content)).isEqualTo(archive);
    Map<String, Entry> entries = read(archive);
    assertThat(entries).containsOnlyKeys(names.toArray(new String[0]));
    assertThat(entries.values()).allSatisfy(e -> assertThat(e.content()).isEqualTo(content));
  }

  private static byte[] archive(List<String> names, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CpioWriter cpio = new CpioWriter(out)) {
      for (String name : names) {
        cpio.file(name, 0644, content);
      }
    }
    return out.toByteArray();
  }
}
