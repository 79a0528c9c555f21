package io.vmkit.cloudinit.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No value of a document comes back in a message: it may be a password. */
class SecretsTest {
  private static final String SECRET = "hunter2";
  private static final CloudConfigSchema SCHEMA = CloudConfigSchema.latest();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: [hunter2]",
        "password: {is: hunter2}",
        "password: 'hunter2\n  next: [",
        "password: \"hunter2\\q\"",
        "password: hunter2: x",
        "password: !hunter hunter2",
        "password: *hunter",
        "password: !!int hunter2",
        "chpasswd: {users: [{name: a, type: hunter2, password: hunter2}]}",
        "chpasswd: {list: [hunter2]}",
        "ssh_keys: {rsa_private: [hunter2]}",
        "users: [{name: a, plain_text_passwd: hunter2, hashed_passwd: [hunter2], lock_passwd: hunter2}]",
        "swap: {size: hunter2}",
        "landscape: {client: {registration_key: [hunter2], tags: 'hunter2 hunter2'}}",
        "users: [{name: a, <<: hunter2}]",
      })
  void aValueIsNeverRepeated(String body) {
    ValidationResult result = SCHEMA.validate("#cloud-config\n" + body);
    assertThat(result.errors()).isNotEmpty();
    assertThat(result.toString()).doesNotContain(SECRET);
  }

  static Stream<List<String>> documents() {
    return Stream.of(Corpus.good(), Corpus.bad());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void noMutationOfTheCorpusShowsItsText(List<String> documents) {
    for (String document : documents) {
      String marked = document.replaceAll(": [a-z]\\b", ": " + SECRET);
      assertThat(SCHEMA.validate(marked).toString()).doesNotContain(SECRET);
    }
  }

  @Property(tries = 500)
  void noTextMakesTheCheckFail(@ForAll String text) {
    ValidationResult result = SCHEMA.validate("#cloud-config\npassword: " + text);
    assertThat(result.errors()).allSatisfy(error -> assertThat(error.message()).isNotBlank());
  }
}
