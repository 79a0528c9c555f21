package io.vmkit.qemu.machine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records of strings, numbers, flags, enums, lists and records as JSON, by Jackson's streaming
 * layer: an ObjectMapper costs a JVM's first start 100 ms. A field that no component has is passed
 * over, since a later vmkit may have written it; nulls are left out.
 */
final class RecordJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private RecordJson() {}

  /** A text is no JSON, or not that of the record. */
  static final class Damaged extends Exception {
    private static final long serialVersionUID = 1L;

    Damaged(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  static String write(Record record) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      generator.setPrettyPrinter(new DefaultPrettyPrinter());
      write(record, generator);
    } catch (IOException e) {
      throw new IllegalStateException("a string can always be written to", e);
    }
    return text.toString();
  }

  private static void write(Object value, JsonGenerator generator) throws IOException {
    if (value instanceof Record record) {
      generator.writeStartObject();
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        Object part = get(component, record);
        if (part != null) {
          generator.writeFieldName(component.getName());
          write(part, generator);
        }
      }
      generator.writeEndObject();
    } else if (value instanceof List<?> list) {
      generator.writeStartArray();
      for (Object item : list) {
        write(item, generator);
      }
      generator.writeEndArray();
    } else if (value instanceof Number number) {
      generator.writeNumber(number.longValue());
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else {
      generator.writeString(value instanceof Enum<?> constant ? constant.name() : (String) value);
    }
  }

  private static @Nullable Object get(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's accessors are public", e);
    }
  }

  static <T extends Record> T read(byte[] json, Class<T> type) throws Damaged {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      Object record = bind(tree(parser), type, "the record");
      if (record == null) {
        throw new Damaged("it says null", null);
      }
      return type.cast(record);
    } catch (JsonProcessingException e) {
      throw new Damaged(e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("bytes can always be read", e);
    }
  }

  /** Maps, lists, strings, longs, flags and null. */
  private static @Nullable Object tree(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, @Nullable Object> map = new HashMap<>();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        map.put(name, tree(parser));
      }
      return map;
    }
    if (token == JsonToken.START_ARRAY) {
      List<@Nullable Object> list = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(tree(parser));
      }
      return list;
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getLongValue();
    }
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return parser.getBooleanValue();
    }
    return token == null || token == JsonToken.VALUE_NULL ? null : parser.getText();
  }

  private static @Nullable Object bind(@Nullable Object value, Type type, String name)
      throws Damaged {
    if (type instanceof ParameterizedType list) {
      return bindList(value, list.getActualTypeArguments()[0], name);
    }
    Class<?> wanted = (Class<?>) type;
    if (wanted.isRecord() && value instanceof Map<?, ?> fields) {
      return bindRecord(fields, wanted, name);
    }
    if (wanted == int.class && value instanceof Long number && number.intValue() == number) {
      return number.intValue();
    }
    if (wanted.isEnum() && value instanceof String constant) {
      return Arrays.stream(wanted.getEnumConstants())
          .filter(each -> ((Enum<?>) each).name().equals(constant))
          .findFirst()
          .orElseThrow(() -> new Damaged(name + " is none of its values", null));
    }
    if (!fits(value, wanted)) {
      throw new Damaged(name + " is missing or of the wrong kind", null);
    }
    return value;
  }

  private static boolean fits(@Nullable Object value, Class<?> wanted) {
    if (value == null) {
      return !wanted.isPrimitive();
    }
    if (wanted == long.class) {
      return value instanceof Long;
    }
    return wanted == boolean.class ? value instanceof Boolean : wanted.isInstance(value);
  }

  private static List<Object> bindList(@Nullable Object value, Type item, String name)
      throws Damaged {
    if (!(value instanceof List<?> items)) {
      throw new Damaged(name + " is missing or no list", null);
    }
    List<Object> bound = new ArrayList<>();
    for (Object each : items) {
      Object part = bind(each, item, name);
      if (part == null) {
        throw new Damaged(name + " has a null in it", null);
      }
      bound.add(part);
    }
    return bound;
  }

  private static Object bindRecord(Map<?, ?> fields, Class<?> type, String name) throws Damaged {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      String field = components[i].getName();
      arguments[i] = bind(fields.get(field), components[i].getGenericType(), field);
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new Damaged(name + " cannot be: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's constructor is public", e);
    }
  }
}
