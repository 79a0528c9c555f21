package io.vmkit.cloudinit.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTest {
  @ParameterizedTest
  @CsvSource(
      value = {
        "22.4.2 | #cloud-config\\nhostname: a           | true  | 0",
        "22.4.2 | hostname: a                           | false | 0",
        "22.4.2 |                                       | false | 0",
        "22.4.2 | #!/bin/sh\\ntrue                      | false | 0",
        "22.4.2 | #Cloud-Config\\nhostname: a           | false | 0",
        "22.4.2 | #cloud-config                         | false | 0",
        "25.1   |                                       | true  | 1",
        "25.1   | #!/bin/sh\\ntrue                      | true  | 1",
        "25.1   | #Cloud-Config\\nhostname: a           | true  | 0",
        "25.1   | \\n#cloud-config\\nhostname: a        | true  | 0",
        "25.1   | # cloud-config\\nhostname: a          | false | 0",
        "25.1   | #cloud-config-archive\\n- a           | true  | 1",
        "22.4.2 | ## template: jinja\\n#cloud-config\\nhostname: {{ v1.x }}  | true  | 1",
        "22.4.2 | ## template: jinja\\n#cloud-config\\nhostname: a           | true  | 0",
        "22.4.2 | ## template: jinja\\nhostname: a                           | false | 0",
        "22.4.2 | ## template: jinja\\n## template: jinja\\n#cloud-config\\n | false | 0",
      },
      delimiter = '|')
  void theFirstLineDecides(String version, String text, boolean valid, int warnings) {
    String document = text == null ? "" : text.replace("\\n", "\n");
    ValidationResult result =
        CloudConfigSchema.forVersion(CloudInitVersion.of(version)).validate(document);
    assertThat(result.isValid()).as(result.toString()).isEqualTo(valid);
    assertThat(result.warnings()).hasSize(warnings);
  }

  @Test
  void linesBelowATemplateHeaderKeepTheirNumber() {
    ValidationResult result =
        CloudConfigSchema.latest().validate("## template: jinja\n#cloud-config\nhostname: 5\n");
    assertThat(result.errors()).singleElement().extracting(Finding::line).isEqualTo(3);
  }
}
