package io.vmkit.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
  /** The words of QEMU 7.2. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -netdev user,id=net0: Could not set up host forwarding rule 'tcp:127.0.0.1:80-:80' | port
          -blockdev driver=raw: Could not open '/x': No such file or directory | is missing
          -blockdev driver=raw: Could not open '/x': Permission denied | who may read
          Failed to get "write" lock Is another process using the image [/x]? | stop it first
          cannot set up guest memory 'pc.ram': Cannot allocate memory | less memory
          write: No space left on device | disk space
          -device foo: 'foo' is not a valid device model name | see what it said
          """)
  void whatToDoFollowsFromQemusWords(String said, String nextStep) {
    assertThat(Diagnosis.of("qemu-system-x86_64: " + said)).contains(nextStep);
  }
}
