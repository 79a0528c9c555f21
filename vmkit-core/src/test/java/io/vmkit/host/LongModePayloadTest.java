package io.vmkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LongModePayloadTest {
  @Test
  void headerSumsToZeroAndEntersBehindIt() {
    ByteBuffer program = ByteBuffer.wrap(LongModePayload.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(program.getInt(0)).isEqualTo(0x1BADB002);
    assertThat(program.getInt(0) + program.getInt(4) + program.getInt(8)).isZero();
    int load = program.getInt(16);
    int entry = program.getInt(28) - load;
    assertThat(entry).isBetween(32, program.limit());
    assertThat(program.get(entry)).as("cli").isEqualTo((byte) 0xFA);
  }

  @Property(tries = 50)
  void sumIsThatOfTheStepsOneByOne(@ForAll @IntRange(max = 5000) int steps) {
    long sum = 0x0123456789ABCDEFL;
    for (int i = 0; i < steps; i++) {
      sum = sum * 0x5851F42D + 0x14057B7F;
    }
    assertThat(LongModePayload.sumAfter(steps)).isEqualTo(sum);
  }
}
