package io.vmkit.cloudinit.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The documents that cloud-init and vmkit are both asked about. */
final class Corpus {
  private static final String HEADER = "#cloud-config\n";

  private Corpus() {}

  /** Documents of which at least one supported release takes each. */
  static List<String> good() {
    return split("good.yaml", "(?m)^---\n").map(HEADER::concat).toList();
  }

  /** Documents with one fault each. */
  static List<String> bad() {
    return split("bad.yaml", "(?m)^---\n").map(HEADER::concat).toList();
  }

  /** Documents to be taken to the letter: headers, syntax, types, tags, anchors and keys. */
  static List<String> raw() {
    return split("raw.txt", "(?m)^=====.*\n").toList();
  }

  private static Stream<String> split(String resource, String separator) {
    return Arrays.stream(text(resource).split(separator));
  }

  static String text(String resource) {
    try (InputStream in = Corpus.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
