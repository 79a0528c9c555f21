package io.vmkit.cloudinit.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmkit.cloudinit.schema.RealCloudInit.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the rules against the schema code of real cloud-init releases, verdict by verdict. */
class CloudInitSchemaIT {
  private static final int SHOWN = 60;

  @ParameterizedTest
  @ValueSource(strings = {"bookworm", "trixie"})
  void documentsWrittenByHandAreJudgedAsCloudInitDoes(String suite) throws IOException {
    assertThat(handWritten()).hasSizeGreaterThan(400);
    assertAgreement(RealCloudInit.ofSuite(suite), handWritten());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bookworm", "trixie"})
  void mutationsOfGoodDocumentsAreJudgedAsCloudInitDoes(String suite) throws IOException {
    List<String> documents =
        Corpus.good().stream().flatMap(each -> Mutations.of(each).stream()).distinct().toList();
    assertThat(documents).hasSizeGreaterThan(5_000);
    assertAgreement(RealCloudInit.ofSuite(suite), documents);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bookworm", "trixie"})
  void slipsOfTheHandAreJudgedAsCloudInitDoes(String suite) throws IOException {
    assertAgreement(RealCloudInit.ofSuite(suite), Typos.of(handWritten(), 6));
  }

  private static List<String> handWritten() {
    return Stream.of(Corpus.good(), Corpus.bad(), Corpus.raw()).flatMap(List::stream).toList();
  }

  private static void assertAgreement(RealCloudInit cloudInit, List<String> documents)
      throws IOException {
    CloudConfigSchema schema = CloudConfigSchema.forVersion(cloudInit.version());
    List<Verdict> verdicts = cloudInit.judge(documents);
    List<String> disagreements = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      ValidationResult ours = schema.validate(documents.get(i));
      Verdict theirs = verdicts.get(i);
      if (ours.isValid() != theirs.accepted()
          || (theirs.accepted() && mentionsDeprecation(ours) != theirs.deprecated())) {
        disagreements.add(documents.get(i) + "\n  cloud-init: " + theirs + "\n  vmkit: " + ours);
      }
    }
    assertThat(verdicts).extracting(Verdict::accepted).contains(true, false);
    assertThat(disagreements.stream().limit(SHOWN).toList())
        .as(
            "%d of %d documents judged otherwise than by cloud-init %s",
            disagreements.size(), documents.size(), cloudInit.version())
        .isEmpty();
  }

  private static boolean mentionsDeprecation(ValidationResult result) {
    return result.warnings().stream()
        .anyMatch(finding -> finding.message().startsWith("deprecated since"));
  }
}
