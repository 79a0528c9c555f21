package io.vmkit.qemu.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.process.HostProcess;
import io.vmkit.qemu.machine.MachineRecord.Forward;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {
  private static RunRecord read(String json) throws RecordJson.Damaged {
    return RecordJson.read(json.getBytes(StandardCharsets.UTF_8), RunRecord.class);
  }

  @Property
  void whatIsWrittenIsReadBack(
      @ForAll long pid, @ForAll String accelerator, @ForAll List<Integer> ports)
      throws RecordJson.Damaged {
    List<Forward> forwards = ports.stream().map(port -> new Forward(port, 22)).toList();
    RunRecord run = new RunRecord(new HostProcess(pid, 7), accelerator, forwards);
    assertThat(read(RecordJson.write(run))).isEqualTo(run);
  }

  @Test
  void unknownFieldsArePassedOver() throws RecordJson.Damaged {
    String json =
        "{\"new\":[{\"a\":1.5}],\"process\":{\"pid\":1,\"startTicks\":2},\"accelerator\":\"tcg\","
            + "\"forwards\":[]}";
    assertThat(read(json).process()).isEqualTo(new HostProcess(1, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "7",
        "{\"process\":7,\"accelerator\":\"tcg\",\"forwards\":[]}",
        "{\"process\":{\"pid\":1},\"accelerator\":\"tcg\",\"forwards\":[]}",
        "{\"process\":{\"pid\":1,\"startTicks\":2},\"accelerator\":\"tcg\",\"forwards\":[null]}",
        "{\"process\":{\"pid\":1,\"startTicks\":2},\"accelerator\":5,\"forwards\":[]}",
        "{\"process\":{\"pid\":1e9,\"startTicks\":2},\"accelerator\":\"tcg\",\"forwards\":[]}",
        "{\"process\":{\"pid\":1,\"startTicks\":2},\"accelerator\":\"tcg\","
            + "\"forwards\":[{\"guestPort\":9999999999,\"hostPort\":1}]}"
      })
  void whatIsNoRecordIsDamaged(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(RecordJson.Damaged.class);
  }
}
