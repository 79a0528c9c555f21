package io.vmkit.cloudinit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Trees of maps, lists, strings, numbers and booleans as YAML. Strings are always quoted (never
 * MINIMIZE_QUOTES): YAML 1.1 readers take plain {@code no}, {@code 0644} and {@code 1:30} for
 * something else.
 */
final class Yaml {
  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .stringQuotingChecker(new PlainKeys())
          .build();

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

  /** Written by the generator alone: an ObjectMapper costs 100 ms in a JVM's first start. */
  static String render(Map<String, ?> tree) {
    StringWriter text = new StringWriter();
    try (YAMLGenerator generator = FACTORY.createGenerator(text)) {
      write(tree, generator);
    } catch (IOException e) {
      throw new IllegalStateException("a tree of plain values can always be written", e);
    }
    return text.toString();
  }

  private static void write(@Nullable Object value, YAMLGenerator generator) throws IOException {
    if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        generator.writeFieldName(String.valueOf(entry.getKey()));
        write(entry.getValue(), generator);
      }
      generator.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      generator.writeStartArray();
      for (Object item : list) {
        write(item, generator);
      }
      generator.writeEndArray();
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      generator.writeNumber(((Number) value).longValue());
    } else if (value instanceof Number number) {
      generator.writeNumber(number.doubleValue());
    } else if (value == null) {
      generator.writeNull();
    } else {
      generator.writeString(value.toString());
    }
  }

  /** Made only when a text of the user's own is looked into. */
  private static final class Reading {
    static final ObjectReader READER = new ObjectMapper(FACTORY).readerFor(Object.class);
  }

  /**
   * What a text says, if it is a YAML mapping in Jackson's eyes. Empty says nothing about the text:
   * the guest's own parser takes more.
   */
  static Optional<Map<?, ?>> mapping(String text) {
    try {
      Object tree = Reading.READER.readValue(text);
      return tree instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
