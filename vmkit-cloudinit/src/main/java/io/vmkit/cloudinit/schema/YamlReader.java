package io.vmkit.cloudinit.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML document as PyYAML's SafeLoader does, within bounds: a hostile document costs no
 * more than its size.
 */
final class YamlReader {
  /** Characters; a seed with more than this in one document is better served by files. */
  static final int MAX_LENGTH = 16 * 1024 * 1024;

  /** PyYAML recurses a few Python frames a level and gives up soon after. */
  private static final int MAX_DEPTH = 100;

  private static final int MAX_ALIASES = 10_000;

  /** How Python 2 wrote text; cloud-init read it up to 24.1. */
  static final Tag PYTHON_2_TEXT = new Tag(Tag.PREFIX + "python/unicode");

  private YamlReader() {}

  /** A document and what was odd about it; the root is null when the text holds no document. */
  record Document(@Nullable YamlValue root, List<Finding> warnings) {}

  static Document read(String text) throws YamlFault {
    return read(text, Set.of(Tag.STR));
  }

  static Document read(String text, Set<Tag> textTags) throws YamlFault {
    if (text.length() > MAX_LENGTH) {
      throw new YamlFault(
          Path.ROOT,
          Position.UNKNOWN,
          "the document has more than "
              + MAX_LENGTH
              + " characters; put large contents into an image or fetch them in the guest");
    }
    Node node = compose(text);
    List<Finding> warnings = new ArrayList<>();
    YamlValue root =
        node == null ? null : new YamlTree(textTags, warnings).convert(node, Path.ROOT);
    return new Document(root, warnings);
  }

  private static @Nullable Node compose(String text) throws YamlFault {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_LENGTH);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setTagInspector(tag -> true); // Judged in YamlTree: nothing is ever instantiated.
    options.setMaxAliasesForCollections(MAX_ALIASES);
    try {
      ParserImpl parser = new ParserImpl(new StreamReader(text), options);
      return new Composer(new PyYamlParser(parser, text), new PyYamlResolver(), options)
          .getSingleNode();
    } catch (MarkedYAMLException broken) {
      // Only the problem: the full message quotes the line, which may hold a secret.
      throw new YamlFault(
          Path.ROOT,
          Position.of(broken.getProblemMark()),
          "not valid YAML: " + broken.getProblem() + "; check indentation, colons and quotes here");
    } catch (ReaderException unprintable) {
      throw new YamlFault(
          Path.ROOT,
          Position.UNKNOWN,
          String.format(
              "character U+%04X at offset %d may not stand in YAML; remove it or write_files it"
                  + " with encoding: b64",
              unprintable.getCodePoint(), unprintable.getPosition()));
    } catch (YAMLException bounded) {
      throw new YamlFault(
          Path.ROOT,
          Position.UNKNOWN,
          "the document is nested deeper than "
              + MAX_DEPTH
              + " levels or uses more than "
              + MAX_ALIASES
              + " aliases; write it out plainly");
    }
  }
}
