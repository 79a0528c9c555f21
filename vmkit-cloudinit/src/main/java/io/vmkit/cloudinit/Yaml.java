package io.vmkit.cloudinit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Trees of maps, lists, strings, numbers and booleans as YAML. Strings are always quoted (never
 * MINIMIZE_QUOTES): YAML 1.1 readers take plain {@code no}, {@code 0644} and {@code 1:30} for
 * something else.
 */
final class Yaml {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .stringQuotingChecker(new PlainKeys())
              .build());

  private static final ObjectWriter WRITER = MAPPER.writer();
  private static final ObjectReader READER = MAPPER.readerFor(Object.class);

  private Yaml() {}

  /** Leaves only keys that no reader can mistake unquoted. */
  private static final class PlainKeys extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    @Override
    public boolean needToQuoteName(String name) {
      return super.needToQuoteName(name) || !PLAIN.matcher(name).matches();
    }
  }

  static String render(Map<String, ?> tree) {
    try {
      return WRITER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
  }

  /**
   * What a text says, if it is a YAML mapping in Jackson's eyes. Empty says nothing about the text:
   * the guest's own parser takes more.
   */
  static Optional<Map<?, ?>> mapping(String text) {
    try {
      Object tree = READER.readValue(text);
      return tree instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
