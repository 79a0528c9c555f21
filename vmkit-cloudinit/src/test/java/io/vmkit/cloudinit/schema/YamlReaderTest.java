package io.vmkit.cloudinit.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  private static YamlValue value(String yaml) throws YamlFault {
    return YamlReader.read("k: " + yaml).root().fields().get("k").value();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "yes | FLAG",
        "off | FLAG",
        "y | TEXT",
        "~ | NULL",
        "`` | NULL",
        "12 | INT",
        "0644 | INT",
        "0899 | TEXT",
        "0o644 | TEXT",
        "0x1f | INT",
        "0b11 | INT",
        "1_000 | INT",
        "12:30 | INT",
        "12:70 | TEXT",
        "1.5 | FLOAT",
        "1e3 | TEXT",
        "1.5e+3 | FLOAT",
        "1.5e3 | TEXT",
        ".inf | FLOAT",
        "2024-01-01 | DATE",
        "2024-1-1 | TEXT",
        "'12' | TEXT",
        "!!str 12 | TEXT",
        "!!binary aGk= | BYTES",
        "[a] | LIST",
        "{a: b} | MAP",
        "!!set {a} | OTHER",
        "!!omap [a: b] | LIST",
      })
  void scalarsHaveTheTypesOfPyYaml(String yaml, Kind kind) throws YamlFault {
    assertThat(value(yaml == null ? "" : yaml).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "0644, 420",
    "12:30, 750",
    "-0x10, -16",
    "0b11, 3",
    "1_000, 1000",
    "0, 0",
    "1.5, 1.5"
  })
  void numbersHaveTheValuesOfPyYaml(String yaml, double number) throws YamlFault {
    assertThat(value(yaml).number()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=", "!x a", "*nowhere", "{? [a] : b}", "2024-13-01", "2024-01-01 25:00:00", "!!int x",
        "!!bool maybe", "{<<: 5}", "{<<: [5]}", "[a", "!!omap [a, b]", "!!str [a]", "!!binary a",
        "&a [*a]", "a\tb", "a\t", "&a? b", "[&a 1, &a 2]", "\u0000",
      })
  void whatPyYamlRefusesIsAFault(String yaml) {
    assertThatThrownBy(() -> value(yaml)).isInstanceOf(YamlFault.class);
  }

  @Test
  void mergedKeysGiveWayToOwnAndEarlierOnes() throws YamlFault {
    YamlValue merged = value("{<<: [{a: 1, b: 1}, {b: 2, c: 2}], c: 3}");
    assertThat(merged.fields())
        .hasSize(3)
        .allSatisfy(
            (key, field) ->
                assertThat(field.value().number())
                    .isEqualTo(Map.of("a", 1.0, "b", 1.0, "c", 3.0).get(key)));
  }

  @Test
  void aliasesOfAliasesCostNoMoreThanTheyAreWritten() throws YamlFault {
    StringBuilder laughs = new StringBuilder("a0: &a0 [lol]\n");
    for (int i = 1; i < 60; i++) {
      String alias = "*a" + (i - 1);
      laughs.append("a" + i + ": &a" + i + " [" + alias + ", " + alias + ", " + alias + "]\n");
    }
    laughs.append("users: *a59\n");
    assertThat(YamlReader.read(laughs.toString()).root().fields()).hasSize(61);
    assertThat(CloudConfigSchema.latest().validate("#cloud-config\n" + laughs).isValid()).isFalse();
  }

  @Test
  void aliasesThatStandForTooManyValuesAreAnError() {
    String users = "[" + "*u, ".repeat(5_000) + "*u]";
    String groups = "[" + "g, ".repeat(5_000) + "g]";
    String document =
        "#cloud-config\nx: &u {name: a, groups: " + groups + "}\nusers: " + users + "\n";
    assertThat(
            CloudConfigSchema.forVersion(CloudInitVersion.of("22.4.2")).validate(document).errors())
        .singleElement()
        .satisfies(error -> assertThat(error.message()).contains("too many values"));
  }

  @Test
  void mergesThatMultiplyAreAFault() {
    StringBuilder merges = new StringBuilder("m0: &m0 {a: 1, b: 2}\n");
    for (int i = 1; i < 30; i++) {
      String alias = "*m" + (i - 1);
      merges.append("m" + i + ": &m" + i + " {<<: [" + alias + ", " + alias + "]}\n");
    }
    assertThatThrownBy(() -> YamlReader.read(merges.toString()))
        .isInstanceOf(YamlFault.class)
        .hasMessageContaining("merges more than");
  }

  @Test
  void depthAndLengthAreBounded() {
    assertThatThrownBy(() -> value("[".repeat(200) + "]".repeat(200)))
        .isInstanceOf(YamlFault.class)
        .hasMessageContaining("100 levels");
    assertThatThrownBy(() -> YamlReader.read("#".repeat(YamlReader.MAX_LENGTH + 1)))
        .isInstanceOf(YamlFault.class)
        .hasMessageContaining("characters");
  }
}
