package io.vmkit.cloudinit.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.InvalidSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudInitVersionTest {
  @ParameterizedTest
  @CsvSource({
    "22.4.2, 22.4.2",
    "23.1, 23.1",
    "23.1.0, 23.1",
    "22.4.2-1+deb12u4, 22.4.2",
    "25.1.4-0ubuntu0~24.04.1, 25.1.4",
  })
  void whatDistributionsAppendIsLeftOut(String text, String version) {
    assertThat(CloudInitVersion.of(text)).hasToString(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "22", "latest", "v22.4", "22.4.2.1", "99999.1"})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> CloudInitVersion.of(text)).isInstanceOf(InvalidSpec.class);
  }

  @Test
  void versionsCompareAsNumbers() {
    assertThat(List.of("22.4.2", "23.1", "23.1.1", "23.2", "23.10"))
        .extracting(CloudInitVersion::of)
        .isSorted();
  }
}
