package io.vmkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "\"ü\\n\"",
        "[]",
        "[1, [2.5, {}], null, true, false]",
        "{\"a\": {\"b\": [\"c\", {\"d\": -9000000000}]}, \"e\": \"\"}"
      })
  void treeIsTheOneAnObjectMapperReads(String json) throws IOException {
    assertThat(JsonTree.read(bytes(json)).toString())
        .isEqualTo(new JsonMapper().readTree(json).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1", "{\"a\"", "{\"a\":", "[1,", "nope", "{\"a\": 1]", "]"})
  void whatIsNoJsonIsRefused(String json) {
    assertThatThrownBy(() -> JsonTree.read(bytes(json)))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void noContentIsAMissingNode() throws IOException {
    assertThat(JsonTree.read(new byte[0]).isMissingNode()).isTrue();
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
