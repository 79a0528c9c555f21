package io.vmkit.cloudinit.schema;

import java.util.List;
import java.util.Map;

/** A value as PyYAML constructs it, with the place it was read from. */
record YamlValue(
    Kind kind,
    Position position,
    String text,
    double number,
    List<YamlValue> items,
    Map<String, Field> fields,
    List<OddKey> oddKeys) {

  /** What a value is in Python. */
  enum Kind {
    TEXT("text"),
    /** From {@code !!binary}; cloud-init takes bytes wherever it takes text. */
    BYTES("binary data"),
    FLAG("a boolean"),
    INT("an integer"),
    FLOAT("a number"),
    NULL("nothing"),
    DATE("a date"),
    LIST("a list"),
    MAP("a mapping"),
    /** A set, or a pair of an ordered mapping: nothing in cloud-init takes them. */
    OTHER("a YAML collection of a special type");

    private final String noun;

    Kind(String noun) {
      this.noun = noun;
    }

    String noun() {
      return noun;
    }
  }

  /** A value under a text key, with the place of the key. */
  record Field(Position position, YamlValue value) {}

  /** A value under a key that is not text, such as {@code on:}, which is a boolean. */
  record OddKey(Kind kind, String identity, Position position, YamlValue value) {}

  static YamlValue scalar(Kind kind, Position position, String text) {
    return new YamlValue(kind, position, text, Double.NaN, List.of(), Map.of(), List.of());
  }

  static YamlValue number(Kind kind, Position position, String text, double number) {
    return new YamlValue(kind, position, text, number, List.of(), Map.of(), List.of());
  }

  static YamlValue list(Position position, List<YamlValue> items) {
    return new YamlValue(Kind.LIST, position, "", Double.NaN, items, Map.of(), List.of());
  }

  static YamlValue map(Position position, Map<String, Field> fields, List<OddKey> oddKeys) {
    return new YamlValue(Kind.MAP, position, "", Double.NaN, List.of(), fields, oddKeys);
  }

  boolean isText() {
    return kind == Kind.TEXT || kind == Kind.BYTES;
  }

  /** {@return how many keys the mapping has, whatever their type} */
  int keyCount() {
    return fields.size() + (int) oddKeys.stream().map(OddKey::identity).distinct().count();
  }

  /** {@return the type alone: a value may be a secret} */
  @Override
  public String toString() {
    return kind.noun() + " at line " + position.line();
  }
}
