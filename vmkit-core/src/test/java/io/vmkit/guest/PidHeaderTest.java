package io.vmkit.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PidHeaderTest {
  @Property
  void theLineIsFoundHoweverTheOutputIsCut(@ForAll @IntRange(min = 1, max = 40) int size) {
    byte[] all = "welcome\nmark 4711\nout\0\u00e9".getBytes(StandardCharsets.UTF_8);
    PidHeader header = new PidHeader("mark");
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    for (int i = 0; i < all.length; i += size) {
      byte[] chunk = Arrays.copyOfRange(all, i, Math.min(all.length, i + size));
      rest.writeBytes(header.strip(chunk));
    }

    assertThat(header.pid()).hasValue(4711);
    assertThat(rest.toString(StandardCharsets.UTF_8)).isEqualTo("out\0\u00e9");
    assertThat(header.rest()).isEmpty();
  }

  @Test
  void outputWithoutTheLineIsNotLost() {
    PidHeader header = new PidHeader("mark");
    byte[] refusal = "This account is not available.\n".getBytes(StandardCharsets.UTF_8);

    assertThat(header.strip(refusal)).isEmpty();
    assertThat(header.rest()).isEqualTo(refusal);
    assertThat(header.pid()).isEmpty();
  }
}
