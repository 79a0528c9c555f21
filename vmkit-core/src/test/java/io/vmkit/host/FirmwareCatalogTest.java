package io.vmkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.HostLacks;
import io.vmkit.image.DiskFormat;
import io.vmkit.value.Architecture;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirmwareCatalogTest {
  private static final String SHARE = "/usr/share/qemu/firmware/";
  private static final String ETC = "/etc/qemu/firmware/";
  private static final String HOME = "/home/ann/.config/qemu/firmware/";

  @TempDir Path tree;
  private FakeHost host;

  /** The three descriptors of Debian's ovmf, and one for Arm. */
  @BeforeEach
  void debian() {
    host = new FakeHost(tree).file("/fw/code.fd", "code").file("/fw/vars.fd", "vars");
    String q35 = "pc-q35-*";
    host.file(
        SHARE + "40-enrolled.json",
        descriptor(
            "enrolled",
            "/fw/code.fd",
            "x86_64",
            q35,
            "secure-boot",
            "enrolled-keys",
            "requires-smm"));
    host.file(
        SHARE + "50-secure.json",
        descriptor("secure", "/fw/code.fd", "x86_64", q35, "secure-boot", "requires-smm"));
    host.file(
        SHARE + "60-plain.json", descriptor("plain", "/fw/code.fd", "x86_64", q35, "acpi-s3"));
    host.file(SHARE + "60-arm.json", descriptor("arm", "/fw/code.fd", "aarch64", "virt-*"));
  }

  @ParameterizedTest
  @CsvSource({
    "X86_64, q35, OFF, plain",
    "X86_64, pc-q35-7.2, OFF, plain",
    "X86_64, q35, WITHOUT_KEYS, secure",
    "X86_64, q35, WITH_ENROLLED_KEYS, enrolled",
    "X86_64, pc, OFF, ",
    "X86_64, xpc-q35-7.2, OFF, ",
    "AARCH64, virt, OFF, arm",
    "AARCH64, virt-7.2, OFF, arm",
    "AARCH64, q35, OFF, ",
    "AARCH64, virt, WITHOUT_KEYS, ",
  })
  void firstThatFitsIsTaken(
      Architecture architecture, String machine, SecureBoot secureBoot, String expected) {
    assertThat(found(architecture, machine, secureBoot)).isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void firmwareSaysWhereItsFilesAreAndWhatItNeeds() {
    UefiFirmware secure = catalog().require(Architecture.X86_64, "q35", SecureBoot.WITHOUT_KEYS);
    assertThat(secure.code()).isEqualTo(tree.resolve("fw/code.fd"));
    assertThat(secure.codeFormat()).isEqualTo(DiskFormat.RAW);
    assertThat(secure.variables())
        .hasValue(new UefiFirmware.Template(tree.resolve("fw/vars.fd"), DiskFormat.QCOW2));
    assertThat(secure.requiresSmm()).isTrue();
    assertThat(secure.hasEnrolledKeys()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // file, its description, who is found
    "/etc/qemu/firmware/59-own.json, own, own",
    "/etc/qemu/firmware/61-own.json, own, plain",
    "/etc/qemu/firmware/60-plain.json, own, own",
    "/home/ann/.config/qemu/firmware/60-plain.json, own, own",
    "/usr/share/qemu/firmware/10-note.txt, own, plain",
  })
  void fileNameSetsThePriorityAndTheSpecificDirectoryWins(
      String file, String description, String expected) {
    host.file(file, descriptor(description, "/fw/code.fd", "x86_64", "pc-q35-*"));
    assertThat(found(Architecture.X86_64, "q35", SecureBoot.OFF)).hasValue(expected);
  }

  @Test
  void homeWinsOverEtc() {
    host.file(ETC + "10-own.json", descriptor("etc", "/fw/code.fd", "x86_64", "pc-q35-*"));
    host.file(HOME + "10-own.json", descriptor("home", "/fw/code.fd", "x86_64", "pc-q35-*"));
    assertThat(found(Architecture.X86_64, "q35", SecureBoot.OFF)).hasValue("home");
  }

  @Test
  void emptyFileHidesTheOneOfTheSameName() {
    host.file(ETC + "60-plain.json", "");
    assertThat(found(Architecture.X86_64, "q35", SecureBoot.OFF)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{}",
        "{\"mapping\": 7, \"targets\": \"x\"}",
      })
  void damagedDescriptorIsPassedOver(String content) {
    host.file(SHARE + "10-broken.json", content);
    assertThat(found(Architecture.X86_64, "q35", SecureBoot.OFF)).hasValue("plain");
  }

  @ParameterizedTest
  @CsvSource({
    "/fw/code.fd, /fw/missing.fd",
    "/fw/vars.fd, /fw/missing.fd",
    "'\"uefi\"', '\"bios\"'",
    "'\"flash\"', '\"memory\"'",
    "'\"raw\"', '\"vdi\"'",
  })
  void whatCannotBeUsedIsPassedOver(String part, String instead) {
    String usable = descriptor("own", "/fw/code.fd", "x86_64", "pc-q35-*");
    host.file(SHARE + "10-own.json", usable);
    assertThat(found(Architecture.X86_64, "q35", SecureBoot.OFF)).hasValue("own");
    host.file(SHARE + "10-own.json", usable.replace(part, instead));
    assertThat(found(Architecture.X86_64, "q35", SecureBoot.OFF)).hasValue("plain");
  }

  @Test
  void missingFirmwareNamesThePackage() {
    assertThatThrownBy(
            () -> catalog().require(Architecture.AARCH64, "virt", SecureBoot.WITHOUT_KEYS))
        .isInstanceOf(HostLacks.class)
        .hasMessageContaining("aarch64 virt")
        .hasMessageContaining("sudo apt-get install -y qemu-efi-aarch64");
  }

  private FirmwareCatalog catalog() {
    return FirmwareCatalog.in(host.root(), FakeHost.ANN);
  }

  private Optional<String> found(Architecture architecture, String machine, SecureBoot secureBoot) {
    return catalog().find(architecture, machine, secureBoot).map(UefiFirmware::description);
  }

  static String descriptor(
      String description, String code, String architecture, String machine, String... features) {
    String template =
        code.equals("/fw/code.fd")
            ? ", 'nvram-template': {'filename': '/fw/vars.fd', 'format': 'qcow2'}"
            : "";
    String list =
        Stream.of(features).map(each -> "'" + each + "'").collect(Collectors.joining(", "));
    return """
        {'description': '%s', 'interface-types': ['uefi'],
         'mapping': {'device': 'flash', 'executable': {'filename': '%s', 'format': 'raw'}%s},
         'targets': [{'architecture': '%s', 'machines': ['%s']}],
         'features': [%s], 'tags': []}
        """
        .formatted(description, code, template, architecture, machine, list)
        .replace('\'', '"');
  }
}
