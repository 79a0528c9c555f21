package io.vmkit.cloudinit.schema;

/** What a value has to be. Immutable, and free of versions: those were settled when it was read. */
sealed interface Rule
    permits KindRule,
        WordRule,
        TextRule,
        NumberRule,
        ListRule,
        MapRule,
        EitherRule,
        DeprecatedRule {

  /** Reports what is wrong with the value. */
  void check(YamlValue value, Path path, Check check);

  /** {@return whether a value of this type could fit at all} */
  boolean admits(YamlValue.Kind kind);

  /** {@return what to write, as a noun: "a list of text"} */
  String expected();
}
