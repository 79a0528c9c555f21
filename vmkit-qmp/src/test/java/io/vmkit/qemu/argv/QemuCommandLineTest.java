package io.vmkit.qemu.argv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmkit.qemu.machine.MachineRecord;
import io.vmkit.qemu.machine.MachineRecord.Disk;
import io.vmkit.qemu.machine.MachineRecord.DiskFile;
import io.vmkit.qemu.machine.MachineRecord.Flash;
import io.vmkit.qemu.machine.MachineRecord.Forward;
import io.vmkit.qemu.machine.MachineRecord.Kernel;
import io.vmkit.qemu.machine.MachineRecord.Nic;
import io.vmkit.spec.Lifetime;
import io.vmkit.state.StateLayout;
import io.vmkit.value.Architecture;
import io.vmkit.value.VmName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Command lines as they stand in {@code NAME.argv} beside this class: one option a line, its value
 * behind the first blank. Lines that begin with {@code #} are comments.
 */
class QemuCommandLineTest {
  private static final Kernel KERNEL =
      new Kernel("/images/tiny/vmlinuz", "/images/tiny/initrd", "console=ttyS0 quiet");
  private static final Nic NIC = new Nic("52:54:00:00:00:01", List.of(new Forward(22, 0)));

  static Stream<Arguments> commandLines() {
    return Stream.of(
        Arguments.of("kernel", "/state", "tcg", machine(KERNEL, null, List.of(), List.of(), false)),
        Arguments.of("disk-and-seed", "/state", "kvm", diskAndSeed()),
        Arguments.of("uefi", "/state", "tcg", uefi()),
        Arguments.of("many-devices", "/state", "tcg", manyDevices()),
        Arguments.of("commas", "/st,ate", "tcg", commas()));
  }

  private static MachineRecord diskAndSeed() {
    return machine(null, null, List.of(overlay("/state/vms/web/disk.qcow2")), List.of(NIC), true);
  }

  private static MachineRecord uefi() {
    Flash firmware = new Flash("/usr/share/OVMF/OVMF_CODE.fd", "raw", "qcow2");
    return machine(
        null, firmware, List.of(overlay("/state/vms/web/disk.qcow2")), List.of(NIC), false);
  }

  private static MachineRecord manyDevices() {
    List<Disk> disks =
        List.of(
            overlay("/state/vms/web/disk.qcow2"),
            new Disk(new DiskFile("/state/vms/web/disk-0.qcow2", "qcow2"), null, false, "data-1"),
            new Disk(new DiskFile("/srv/tools.raw", "raw"), null, true, null));
    List<Nic> nics =
        List.of(
            new Nic("52:54:00:00:00:01", List.of(new Forward(22, 0), new Forward(80, 8080))),
            new Nic("52:54:00:00:00:02", List.of()));
    return machine(null, null, disks, nics, false);
  }

  private static MachineRecord commas() {
    Kernel kernel = new Kernel("/im,ages/vmlinuz", "/im,ages/initrd", "a=b,c");
    Flash firmware = new Flash("/fw,1/CODE.fd", "raw", "raw");
    return machine(kernel, firmware, List.of(overlay("/st,ate/disk,,.qcow2")), List.of(), true);
  }

  private static Disk overlay(String file) {
    return new Disk(
        new DiskFile(file, "qcow2"), new DiskFile("/images/a,b/base.img", "raw"), false, null);
  }

  private static MachineRecord machine(
      @Nullable Kernel kernel,
      @Nullable Flash firmware,
      List<Disk> disks,
      List<Nic> nics,
      boolean seeded) {
    return new MachineRecord(
        "8f3c1c1e-0000-4000-8000-000000000001",
        "web",
        "web-host",
        "debian",
        "key",
        Architecture.X86_64,
        512L << 20,
        2,
        kernel,
        firmware,
        disks,
        nics,
        seeded,
        null,
        Lifetime.PERSISTENT,
        null);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commandLines")
  void aMachineHasItsCommandLine(
      String name, String root, String accelerator, MachineRecord machine) throws IOException {
    Launch launch =
        new Launch(machine, new StateLayout(Path.of(root)).vm(VmName.of("web")), accelerator);
    assertThat(QemuCommandLine.of(launch)).containsExactlyElementsOf(golden(name));
  }

  private static List<String> golden(String name) throws IOException {
    try (InputStream text = QemuCommandLineTest.class.getResourceAsStream(name + ".argv")) {
      return new String(text.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .flatMap(line -> Arrays.stream(line.split(" ", 2)))
          .toList();
    }
  }
}
