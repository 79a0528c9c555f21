package io.vmkit.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.cloudinit.schema.Finding;
import io.vmkit.cloudinit.schema.ValidationResult;
import io.vmkit.error.InvalidSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudInitValidationTest {
  @Test
  void eachFaultNamesItsDocumentAndPath() {
    ValidationResult result =
        CloudInit.builder()
            .userDataText("#cloud-config\nruncmd: 7\n")
            .vendorDataText("#cloud-config\npackages: no\n")
            .networkConfigText("version: 9\n")
            .build()
            .validate();
    assertThat(result.errors())
        .extracting(Finding::path)
        .anyMatch(path -> path.startsWith("user-data: runcmd"))
        .anyMatch(path -> path.startsWith("vendor-data: packages"))
        .anyMatch(path -> path.startsWith("network-config"));
    assertThatThrownBy(result::orThrow)
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("user-data: runcmd");
  }

  @Test
  void typedDataIsValid() {
    CloudInit seed =
        CloudInit.of(
            UserData.builder().user(User.named("admin").build()).packages("nginx").build());
    assertThat(seed.validate().errors()).isEmpty();
    assertThat(CloudInit.defaults().validate().errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"#!/bin/sh\ntrue\n", "#include\nhttp://x/y\n", "Content-Type: text/plain\n\n"})
  void otherFormatsHaveNoRules(String text) {
    assertThat(CloudInit.builder().userDataText(text).build().validate().errors()).isEmpty();
  }

  @Test
  void aTextThatCloudInitWouldIgnoreIsAnError() {
    assertThat(CloudInit.builder().userDataText("packages: [nginx]\n").build().validate().errors())
        .isNotEmpty();
  }
}
