package io.vmkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AptSourcesTest {
  private static final String DEB822 =
      """
      Types: deb
      # a comment
      URIs: http://mirror.example/debian
      Suites: bookworm bookworm-updates
      Components: main
      Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

      Types: deb
      URIs: https://elsewhere.example/tools
      Suites: bookworm
      Components: main
      Signed-By: /usr/share/keyrings/elsewhere.gpg
      """;

  private static final String ONE_LINE =
      """
      # deb http://old.example/debian bookworm main
      deb [arch=amd64] http://mirror.example/debian bookworm main contrib
      deb http://mirror.example/security bookworm-security main
      deb-src http://mirror.example/debian bookworm main
      """;

  @Test
  void hostsMirrorIsTakenAndOthersOfItsSourcesAreNot() {
    assertThat(AptSources.forSuite("bookworm", "bookworm", DEB822))
        .contains("http://mirror.example/debian bookworm main")
        .contains("http://mirror.example/debian bookworm-updates main")
        .doesNotContain("elsewhere");
  }

  @Test
  void oneLineFormIsRead() {
    assertThat(AptSources.forSuite("bookworm", "bookworm", ONE_LINE))
        .contains("http://mirror.example/debian bookworm main\n")
        .contains("http://mirror.example/security bookworm-security main\n")
        .doesNotContain("old.example");
  }

  @Test
  void otherReleaseComesFromTheSameMirror() {
    assertThat(AptSources.forSuite("trixie", "bookworm", ONE_LINE))
        .contains("http://mirror.example/debian trixie main")
        .contains("http://mirror.example/security trixie-security main");
  }

  @Test
  void hostWithoutDebianSourcesUsesTheUsualMirror() {
    assertThat(AptSources.forSuite("bookworm", "bookworm", ""))
        .contains("http://deb.debian.org/debian bookworm main")
        .contains("http://deb.debian.org/debian-security bookworm-security main");
  }

  @Test
  void rollingReleaseHasNoUpdates() {
    assertThat(AptSources.forSuite("sid", "bookworm", ONE_LINE))
        .contains("/debian sid main")
        .doesNotContain("sid-");
  }
}
