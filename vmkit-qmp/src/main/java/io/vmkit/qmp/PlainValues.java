package io.vmkit.qmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jackson's trees as plain values, for interfaces that show no type of Jackson. */
final class PlainValues {
  private PlainValues() {}

  /** {@return the value; members and elements that are null are left out} */
  static Object of(JsonNode node) {
    if (node.isObject()) {
      return object(node);
    }
    if (node.isArray()) {
      return array(node);
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isNumber()) {
      return number(node);
    }
    return node.isTextual() ? node.textValue() : Map.of();
  }

  private static Map<String, Object> object(JsonNode node) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!member.getValue().isNull()) {
        map.put(member.getKey(), of(member.getValue()));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private static List<Object> array(JsonNode node) {
    List<Object> list = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      if (!element.isNull()) {
        list.add(of(element));
      }
    }
    return Collections.unmodifiableList(list);
  }

  private static Number number(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong()
        ? (Number) node.longValue()
        : (Number) node.doubleValue();
  }
}
