package io.vmkit.qmp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QmpCommandTest {
  private static QmpCommand command(Map<String, ?> arguments) {
    return new QmpCommand(7, "x", arguments, false);
  }

  private static String encoded(QmpCommand command) {
    return UTF_8.decode(command.encode()).toString();
  }

  @Test
  void everyJsonTypeTravels() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("s", "ü\n");
    arguments.put("l", Long.MAX_VALUE);
    arguments.put("d", 1.5);
    arguments.put("b", true);
    arguments.put("n", null);
    arguments.put("a", List.of(1, Map.of("k", "v")));
    assertThat(encoded(command(arguments)))
        .isEqualTo(
            "{\"execute\":\"x\",\"arguments\":{\"s\":\"ü\\n\",\"l\":9223372036854775807,"
                + "\"d\":1.5,\"b\":true,\"n\":null,\"a\":[1,{\"k\":\"v\"}]},\"id\":7}\n");
  }

  @Test
  void treesThatCameInGoOutAgain() throws MalformedMessage {
    byte[] json = "{\"a\":[1,2.5,{\"b\":null,\"c\":\"d\"},true]}".getBytes(UTF_8);
    Map<String, ?> arguments =
        Map.of("t", new JsonTrees(CodecLimits.DEFAULT).readObject(json, json.length));
    assertThat(encoded(command(arguments))).contains("{\"t\":" + new String(json, UTF_8) + "}");
  }

  @Test
  void aStructureThatHoldsItselfIsRefused() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    assertThatThrownBy(() -> command(Map.of("a", endless)).encode())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "input-data",
        "buf-b64",
        "content",
        "keys",
        "env",
        "out-data",
        "data",
        "vnc-Passwd",
        "client-secret"
      })
  void valuesThatMayBeSecretDoNotShow(String name) {
    Map<String, ?> nested = Map.of("list", List.of(Map.of(name, "geheim", "id", "sec0")));
    assertThat(command(nested).toString()).doesNotContain("geheim").contains("sec0", name);
    assertThat(new AgentCommand("x", nested).toString()).doesNotContain("geheim");
  }

  @Test
  void aMonitorLineShowsUnlessItSetsAPassword() {
    assertThat(command(Map.of("command-line", "info usernet")).toString()).contains("usernet");
    assertThat(command(Map.of("command-line", "set_password vnc geheim")).toString())
        .doesNotContain("geheim");
  }

  @Test
  void aLongCommandIsCut() {
    assertThat(command(Map.of("a", "y".repeat(1 << 20))).toString()).hasSizeLessThan(500);
  }
}
