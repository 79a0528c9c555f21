package io.vmkit.cloudinit.iso;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmkit.error.InvalidSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class Iso9660PropertiesTest {
  @Property(tries = 150)
  void everyReaderFindsEveryFile(@ForAll("trees") Map<String, byte[]> tree) throws IOException {
    byte[] bytes = written(tree, List.copyOf(tree.keySet()));
    IsoReader reader = new IsoReader(bytes);
    assertThat(bytes.length).isEqualTo((int) reader.volumeSectors() * 2048);
    assertSame(reader.rockRidge(), tree);
    assertSame(reader.joliet(), tree);
    assertThat(withoutDirectories(reader.plain())).hasSameSizeAs(tree);
  }

  @Property(tries = 50)
  void orderOfTheCallsLeavesNoTrace(
      @ForAll("trees") Map<String, byte[]> tree, @ForAll Random random) throws IOException {
    List<String> shuffled = new ArrayList<>(tree.keySet());
    Collections.shuffle(shuffled, random);
    assertThat(written(tree, shuffled)).isEqualTo(written(tree, List.copyOf(tree.keySet())));
  }

  @Property(tries = 500)
  void anyNameIsWrittenAsItIsOrRefused(@ForAll String name) throws IOException {
    IsoImage image;
    try {
      image = IsoImage.labelled("l").file(name, IsoContent.of("x")).build();
    } catch (InvalidSpec refused) {
      assertThat(refused).hasMessageContaining("into an ISO image");
      return;
    }
    assertThat(withoutDirectories(new IsoReader(bytes(image)).rockRidge()).keySet())
        .containsExactly("/" + name);
  }

  @Provide
  Arbitrary<Map<String, byte[]>> trees() {
    Arbitrary<String> letter =
        Arbitraries.of("abcXYZ019-_. äß☃😀".codePoints().mapToObj(Character::toString).toList());
    Arbitrary<String> name =
        letter.list().ofMinSize(1).ofMaxSize(60).map(letters -> String.join("", letters));
    Arbitrary<String> path = name.list().ofMinSize(1).ofMaxSize(4).map(l -> String.join("/", l));
    Arbitrary<byte[]> content = Arbitraries.bytes().array(byte[].class).ofMaxSize(3000);
    return Arbitraries.maps(path, content)
        .ofMaxSize(25)
        .map(map -> (Map<String, byte[]>) new TreeMap<>(map))
        .filter(Iso9660PropertiesTest::accepted);
  }

  /** Leaves out trees with names that are the same for some reader; those have their own test. */
  private static boolean accepted(Map<String, byte[]> tree) {
    try {
      image(tree, List.copyOf(tree.keySet()));
      return true;
    } catch (InvalidSpec refused) {
      return false;
    }
  }

  private static IsoImage image(Map<String, byte[]> tree, List<String> order) {
    IsoImage.Builder builder = IsoImage.labelled("cidata");
    order.forEach(path -> builder.file(path, IsoContent.of(tree.get(path))));
    return builder.build();
  }

  private static byte[] written(Map<String, byte[]> tree, List<String> order) throws IOException {
    return bytes(image(tree, order));
  }

  private static byte[] bytes(IsoImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Iso9660Writer.write(image, Channels.newChannel(out));
    return out.toByteArray();
  }

  private static Map<String, byte[]> withoutDirectories(Map<String, byte[]> files) {
    Map<String, byte[]> rest = new TreeMap<>(files);
    rest.keySet().removeIf(path -> path.endsWith("/"));
    return rest;
  }

  private static void assertSame(Map<String, byte[]> read, Map<String, byte[]> tree) {
    Map<String, byte[]> files = withoutDirectories(read);
    assertThat(files).hasSameSizeAs(tree);
    tree.forEach((path, content) -> assertThat(files.get("/" + path)).isEqualTo(content));
  }
}
