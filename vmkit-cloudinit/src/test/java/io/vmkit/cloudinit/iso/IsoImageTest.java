package io.vmkit.cloudinit.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.InvalidSpec;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoImageTest {
  private static final IsoContent X = IsoContent.of("x");

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "cidata ", "Größe", "a\nb", "a\0b", "label-of-thirty-three-characters!"})
  void badLabelIsRefusedByName(String label) {
    assertThatThrownBy(() -> IsoImage.labelled(label))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("'" + label.replace("\0", "\\0") + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "/a", "a/", "a//b", "a/../b", "a/./b", "nul\0", "lone\uD800"})
  void pathThatNamesNoFileIsRefused(String path) {
    assertThatThrownBy(() -> IsoImage.labelled("l").file(path, X))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("put '" + path.replace("\0", "\\0") + "' into an ISO image");
  }

  @Test
  void overlongNameIsRefusedByName() {
    String tooManyCharacters = "x".repeat(104);
    String tooManyBytes = "☃".repeat(85);
    for (String name : new String[] {tooManyCharacters, tooManyBytes}) {
      assertThatThrownBy(() -> IsoImage.labelled("l").file("d/" + name, X))
          .isInstanceOf(InvalidSpec.class)
          .hasMessageContaining(name)
          .hasMessageContaining("use at most");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a,A,ISO 9660",
    "a-b,a_b,ISO 9660",
    "d/é,d/É,ISO 9660",
    "the-same-thirty-characters-in-front-1,the-same-thirty-characters-in-front-2,ISO 9660",
    "a.b/x,a-b/y,ISO 9660",
    "name/x,NAME,Joliet",
  })
  void namesThatSomeReaderCannotTellApartAreRefusedByName(
      String first, String second, String nameSpace) {
    IsoImage.Builder builder = IsoImage.labelled("l").file(first, X).file(second, X);
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining(first.replaceFirst("/[xy]$", ""))
        .hasMessageContaining(second.replaceFirst("/[xy]$", ""))
        .hasMessageContaining(nameSpace);
  }

  @Test
  void samePathTwiceIsRefusedByName() {
    IsoImage.Builder builder = IsoImage.labelled("l").file("d/a", X).directory("e", 0700);
    for (Runnable again :
        new Runnable[] {
          () -> builder.file("d/a", X),
          () -> builder.symlink("d/a", "b"),
          () -> builder.file("d", X),
          () -> builder.directory("e", 0755),
          () -> builder.file("d/a/b", X)
        }) {
      assertThatThrownBy(again::run)
          .isInstanceOf(InvalidSpec.class)
          .hasMessageMatching("put '[ade/b]+' into an ISO image.*already.*");
    }
  }

  @Test
  void moreThanEightLevelsAreRefused() {
    String deepest = "1/2/3/4/5/6/7/file";
    assertThat(IsoImage.labelled("l").file(deepest, X).build()).isNotNull();
    assertThatThrownBy(() -> IsoImage.labelled("l").file("0/" + deepest, X))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("'0/1/2/3/4/5/6/7' is 8 directories deep");
  }

  @Test
  void modeBeyondPermissionsIsRefused() {
    assertThatThrownBy(() -> IsoImage.labelled("l").file("a", 0100644, X))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("0100644");
  }

  @Test
  void sourceDateEpochCountsOnlyWhenAskedFor() {
    Map<String, String> environment = Map.of("SOURCE_DATE_EPOCH", "86400");
    assertThat(IsoImage.labelled("l").build().timestamp())
        .isEqualTo(Instant.parse("1980-01-01T00:00:00Z"));
    assertThat(IsoImage.labelled("l").timestampFrom(environment).build().timestamp())
        .isEqualTo(Instant.parse("1970-01-02T00:00:00Z"));
    assertThat(IsoImage.labelled("l").timestampFrom(Map.of()).build().timestamp())
        .isEqualTo(Instant.parse("1980-01-01T00:00:00Z"));
    assertThatThrownBy(
            () -> IsoImage.labelled("l").timestampFrom(Map.of("SOURCE_DATE_EPOCH", "today")))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("'today'");
  }
}
