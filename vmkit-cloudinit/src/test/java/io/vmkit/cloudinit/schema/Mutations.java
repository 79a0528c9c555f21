package io.vmkit.cloudinit.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Breaks a document in every systematic way: at each place, another type, one more, one fewer. */
final class Mutations {
  private static final String EXTRA_KEY = "vmkit_extra";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> documents = new LinkedHashSet<>();
  private Object root;

  private Mutations(String document) {
    this.root = new Yaml(new SafeConstructor(new LoaderOptions())).load(document);
  }

  static Set<String> of(String document) {
    Mutations mutations = new Mutations(document);
    mutations.mutate(mutations.root, value -> mutations.root = value);
    return mutations.documents;
  }

  /** Calls the setter with each variant in turn, records the whole document, and sets it back. */
  private void mutate(Object value, Consumer<Object> set) {
    for (Object other : replacements()) {
      record(set, other);
    }
    if (value instanceof Map<?, ?> map) {
      mutateMap(map, set);
    } else if (value instanceof List<?> list) {
      mutateList(list, set);
    } else if (value instanceof String text) {
      record(set, text + "x");
    }
    set.accept(value);
  }

  private static List<Object> replacements() {
    List<Object> values = new ArrayList<>(List.of(7, -7, 1.5, true, "zz", "", "7"));
    values.add(null);
    values.add(List.of());
    values.add(Map.of());
    values.add(List.of("zz"));
    values.add(List.of(7));
    values.add(Map.of("zz", "zz"));
    return values;
  }

  private void mutateMap(Map<?, ?> map, Consumer<Object> set) {
    Map<Object, Object> copy = new LinkedHashMap<>(map);
    set.accept(copy);
    copy.put(EXTRA_KEY, "x");
    record(set, copy);
    copy.remove(EXTRA_KEY);
    for (Object key : map.keySet()) {
      Map<Object, Object> without = new LinkedHashMap<>(map);
      without.remove(key);
      record(set, without);
    }
    set.accept(copy);
    map.forEach((key, value) -> mutate(value, other -> copy.put(key, other)));
  }

  private void mutateList(List<?> list, Consumer<Object> set) {
    List<Object> twice = new ArrayList<>(list);
    twice.addAll(list);
    record(set, twice);
    List<Object> copy = new ArrayList<>(list);
    set.accept(copy);
    for (int i = 0; i < list.size(); i++) {
      int index = i;
      mutate(list.get(i), other -> copy.set(index, other));
    }
  }

  private void record(Consumer<Object> set, Object value) {
    set.accept(value);
    if (root instanceof Map<?, ?> map && !map.isEmpty()) {
      try {
        documents.add("#cloud-config\n" + JSON.writeValueAsString(root));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
