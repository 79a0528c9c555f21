package io.vmkit.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmkit.process.CommandRunner;
import io.vmkit.state.StateDirectory;
import io.vmkit.value.Architecture;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCheckIT {
  @Test
  void thisHostIsFitForTheTests(@TempDir Path directory) {
    AcceleratorProbe probe =
        AcceleratorProbe.of(StateDirectory.at(directory), CommandRunner.system());
    HostReport report = HostCheck.ofHost().withProbe(probe).run();
    report.require(Topic.QEMU_X86_64, Topic.QEMU_IMG, Topic.E2FSPROGS, Topic.MMDEBSTRAP);
    assertThat(report.finding(Topic.QEMU_X86_64).detail()).contains("QEMU emulator version");
    assertThat(report.finding(Topic.KVM).isOk())
        .isEqualTo(probe.forArchitecture(Architecture.ofHost()).kind() == Accelerator.Kind.KVM);
  }

  @Test
  void firmwareOfThisHostIsFound() {
    FirmwareCatalog catalog = FirmwareCatalog.ofHost();
    UefiFirmware plain = catalog.require(Architecture.X86_64, "q35", SecureBoot.OFF);
    assertThat(plain.code()).isRegularFile();
    assertThat(plain.hasSecureBoot()).isFalse();
    UefiFirmware secure =
        catalog.require(Architecture.X86_64, "q35", SecureBoot.WITH_ENROLLED_KEYS);
    assertThat(secure.requiresSmm()).isTrue();
  }
}
