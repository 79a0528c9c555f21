package io.vmkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HostProcessTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void aProcessIsFoundByItsArgumentsInOrder() throws Exception {
    String mark = UUID.randomUUID().toString();
    Process child = new ProcessBuilder("sh", "-c", "read -r line", "first", mark).start();
    try {
      HostProcess expected = HostProcess.find(child.pid()).orElseThrow();
      assertThat(HostProcess.withArguments("first", mark)).containsExactly(expected);
      assertThat(HostProcess.withArguments(mark, "first")).isEmpty();
      assertThat(HostProcess.withArguments(mark.substring(1))).isEmpty();
      expected.kill();
      assertThat(expected.awaitEnd(SOON)).isTrue();
      assertThat(HostProcess.withArguments("first", mark)).isEmpty();
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void aReusedProcessIdIsAnotherProcess() {
    HostProcess me = HostProcess.current();
    assertThat(me.isAlive()).isTrue();
    assertThat(new HostProcess(me.pid(), me.startTicks() + 1).isAlive()).isFalse();
  }
}
