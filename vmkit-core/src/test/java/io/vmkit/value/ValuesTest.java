package io.vmkit.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.InvalidSpec;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @ValueSource(strings = {"web", "Web-1", "a", "9", "db.example.org", "x1-y2"})
  void hostNamesAreNames(String name) {
    assertThat(VmName.of(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a/b", "../etc", ".", "a..b", "-a", "a-", "a_b", "a b", "ü", "a\n", "a\0"})
  void whatIsNoHostNameIsNoName(String name) {
    assertThatThrownBy(() -> VmName.of(name))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("host name");
  }

  @Test
  void aNameOf300CharactersIsRefusedWithItsLength() {
    assertThatThrownBy(() -> VmName.of("x".repeat(300)))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("300 characters, at most 63");
  }

  @Property
  void everyAcceptedNameIsOneSafePathElement(@ForAll @StringLength(max = 70) String text) {
    try {
      assertThat(VmName.of(text).value()).matches("[A-Za-z0-9.-]{1,63}").doesNotStartWith(".");
    } catch (InvalidSpec refused) {
      assertThat(refused).hasMessageContaining("name a vm");
    }
  }

  @Property
  void printedSizesReadBackTheSame(@ForAll @LongRange(min = 0) long bytes) {
    MemorySize size = MemorySize.bytes(bytes);
    assertThat(MemorySize.parse(size.toString())).isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({
    "512M, 536870912",
    "2 GiB, 2147483648",
    "1048576, 1048576",
    "0, 0",
    "3K, 3072",
    "7B, 7"
  })
  void sizesAreReadAsPeopleWriteThem(String text, long bytes) {
    assertThat(MemorySize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "1.5G", "M", "12 apples", "9999999999999P", "9999999999999999999"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> MemorySize.parse(text)).isInstanceOf(InvalidSpec.class);
  }

  @Test
  void aSizeBeyond63BitsIsRefused() {
    assertThatThrownBy(() -> MemorySize.gib(Long.MAX_VALUE / 2))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("63 bits");
  }

  @Test
  void derivedAddressesAreStableAndDistinct() {
    MacAddress first = MacAddress.derivedFrom(VmName.of("web"), 0);
    assertThat(first).isEqualTo(MacAddress.derivedFrom(VmName.of("web"), 0));
    assertThat(first.value()).startsWith("52:54:00:");
    assertThat(first).isNotEqualTo(MacAddress.derivedFrom(VmName.of("web"), 1));
    assertThat(first).isNotEqualTo(MacAddress.derivedFrom(VmName.of("db"), 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"52:54:00:12:34", "525400123456", "01:00:5e:00:00:01", "00:00:00:00:00:00"})
  void addressesThatNoInterfaceCanHaveAreRefused(String address) {
    assertThatThrownBy(() -> MacAddress.of(address)).isInstanceOf(InvalidSpec.class);
  }

  @Test
  void digestsAreToldByTheirLength() {
    Digest digest = Digest.sha256("abc".getBytes(StandardCharsets.UTF_8));
    assertThat(digest.hex()) // FIPS 180-2, appendix B.1
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Digest.parse("SHA256:" + digest.hex().toUpperCase(java.util.Locale.ROOT)))
        .isEqualTo(digest);
    assertThat(Digest.parse("0".repeat(128)).algorithm()).isEqualTo(Digest.Algorithm.SHA512);
    assertThatThrownBy(() -> Digest.parse("0".repeat(63))).isInstanceOf(InvalidSpec.class);
  }
}
