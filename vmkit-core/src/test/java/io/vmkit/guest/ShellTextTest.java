package io.vmkit.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.InvalidSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {"plain,'plain'", "it's,'it'\\''s'", "||,''", "$HOME `x`,'$HOME `x`'"})
  void aWordIsQuotedForAnyShell(String word, String quoted) {
    assertThat(ShellText.quoted(word)).isEqualTo(quoted);
  }

  @Test
  void aCommandWithoutSettingsRunsDirectly() {
    GuestCommand command = GuestCommand.of("echo", "a b").build();

    assertThat(ShellText.selfContained(command)).containsExactly("echo", "a b");
  }

  @Test
  void secretsShowAsStars() {
    GuestCommand command = GuestCommand.of("login", "-p").secret("hunter2").arg("a b").build();

    assertThat(command).hasToString("login -p *** 'a b'");
    assertThat(command.argv()).contains("hunter2");
    assertThat(command.toBuilder().build()).hasToString(command.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\ud800", "x\udc00"})
  void whatCannotTravelIsRefused(String argument) {
    assertThatThrownBy(() -> GuestCommand.of("echo", argument)).isInstanceOf(InvalidSpec.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-c"})
  void aProgramNeedsAName(String name) {
    assertThatThrownBy(() -> GuestCommand.of(name)).isInstanceOf(InvalidSpec.class);
  }

  @Test
  void wrongSettingsAreRefusedWhereTheyAreMade() {
    GuestCommand.Builder builder = GuestCommand.of("true");

    assertThatThrownBy(() -> builder.environment("A B", "x")).isInstanceOf(InvalidSpec.class);
    assertThatThrownBy(() -> builder.directory("here")).isInstanceOf(InvalidSpec.class);
    assertThatThrownBy(() -> builder.user("-x")).isInstanceOf(InvalidSpec.class);
    assertThatThrownBy(() -> builder.timeout(Duration.ZERO)).isInstanceOf(InvalidSpec.class);
    assertThatThrownBy(() -> builder.outputLimit(-1)).isInstanceOf(InvalidSpec.class);
  }

  @Test
  void onlyWordsThatJsonCannotCarryAreSpeltOut() {
    assertThat(AgentText.sendable(List.of("echo", "é\n"))).containsExactly("echo", "é\n");
    assertThat(AgentText.sendable(List.of("echo", "\ufffe")))
        .startsWith("/bin/sh", "-c")
        .noneMatch(word -> word.contains("\ufffe"));
  }
}
