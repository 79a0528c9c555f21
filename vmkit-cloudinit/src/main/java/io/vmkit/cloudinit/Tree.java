package io.vmkit.cloudinit;

import io.vmkit.error.InvalidSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A YAML mapping while it grows; keys keep the order in which they came. */
final class Tree {
  private final Map<String, Object> map = new LinkedHashMap<>();

  static Tree of(Map<String, Object> content) {
    Tree tree = new Tree();
    content.forEach((key, value) -> tree.map.put(key, thawed(value)));
    return tree;
  }

  Tree put(String key, Object value) {
    map.put(key, thawed(value));
    return this;
  }

  /** Puts what there is: null, empty text and empty collections leave the key out. */
  Tree putPresent(String key, @Nullable Object value) {
    boolean absent =
        value == null
            || value.equals("")
            || (value instanceof Collection<?> many && many.isEmpty())
            || (value instanceof Map<?, ?> some && some.isEmpty());
    return absent || value == null ? this : put(key, value);
  }

  /** Appends to the list at a key. */
  void append(String key, Object value) {
    asList(map.computeIfAbsent(key, k -> new ArrayList<>())).add(thawed(value));
  }

  /** Puts into the mapping at a key. */
  void putInto(String section, String key, Object value) {
    asMap(map.computeIfAbsent(section, k -> new LinkedHashMap<>())).put(key, thawed(value));
  }

  /** A copy of the mapping within the mapping at a key; empty when there is none. */
  Map<String, Object> section(String section, String key) {
    return map.get(section) instanceof Map<?, ?> outer && outer.get(key) instanceof Map<?, ?> inner
        ? of(asMap(inner)).frozen()
        : Map.of();
  }

  /** The texts in the list within the mapping at a key; empty when there is none. */
  List<String> list(String section, String key) {
    return map.get(section) instanceof Map<?, ?> outer && outer.get(key) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** A copy with all mappings sorted by key: many maps have no order that two JVMs would share. */
  static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, item) -> sorted.put(String.valueOf(key), sorted(item)));
      return sorted;
    }
    return value instanceof List<?> list ? list.stream().map(Tree::sorted).toList() : value;
  }

  /** A copy that nobody can change. */
  Map<String, Object> frozen() {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(key, frozen(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static Object frozen(Object value) {
    if (value instanceof Map<?, ?>) {
      return of(asMap(value)).frozen();
    }
    return value instanceof List<?> list ? list.stream().map(Tree::frozen).toList() : value;
  }

  /** A copy that can grow, checked to be made of plain values. */
  private static Object thawed(Object value) {
    if (value instanceof Map<?, ?> source) {
      Map<String, Object> copy = new LinkedHashMap<>();
      source.forEach((key, item) -> copy.put(String.valueOf(key), thawed(item)));
      return copy;
    }
    if (value instanceof Collection<?> source) {
      List<Object> copy = new ArrayList<>();
      source.forEach(item -> copy.add(thawed(item)));
      return copy;
    }
    if (value instanceof String || value instanceof Boolean || value instanceof Number) {
      return value;
    }
    throw new InvalidSpec(
        "put a value into cloud-config",
        (value == null ? "null" : value.getClass().getName()) + " has no YAML form here",
        "use maps, lists, strings, numbers and booleans");
  }

  @SuppressWarnings("unchecked") // All maps in here were made by thawed or frozen.
  private static Map<String, Object> asMap(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // All lists in here were made by thawed.
  private static List<Object> asList(Object value) {
    return (List<Object>) value;
  }
}
