package io.vmkit.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.AlreadyExists;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.StorageFault;
import io.vmkit.process.Command;
import io.vmkit.process.CommandRunner;
import io.vmkit.value.MemorySize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QemuImgIT {
  private final QemuImg qemuImg = QemuImg.by(CommandRunner.system());
  @TempDir Path directory;

  private BaseDisk base() throws IOException {
    return DiskFile.inspect(Files.write(directory.resolve("base"), new byte[1 << 20]));
  }

  @Test
  void overlayNamesItsBaseAndTheFormatOfIt() throws IOException {
    BaseDisk base = base();
    Path file = directory.resolve("overlay.qcow2");
    BaseDisk overlay = qemuImg.createOverlay(file, base, MemorySize.mib(3));
    Qcow2Header header = Qcow2Header.read(overlay.file());
    assertThat(header.backingFile()).contains(base.file().toString());
    assertThat(header.virtualSize()).isEqualTo(overlay.virtualSize()).isEqualTo(MemorySize.mib(3));
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains("raw"); // The header extension of the backing format.
  }

  @Test
  void blankDiskIsMadeAndGrown() {
    BaseDisk blank = qemuImg.createBlank(directory.resolve("blank"), MemorySize.mib(64));
    assertThat(DiskFile.inspect(blank.file())).isEqualTo(blank);
    BaseDisk grown = qemuImg.resize(blank, MemorySize.mib(65));
    assertThat(DiskFile.inspect(blank.file())).isEqualTo(grown);
  }

  @Test
  void nothingIsOverwrittenOrCutOff() throws IOException {
    BaseDisk base = base();
    assertThatThrownBy(() -> qemuImg.createBlank(base.file(), MemorySize.mib(1)))
        .isInstanceOf(AlreadyExists.class)
        .hasMessageContaining(base.file().toString());
    assertThatThrownBy(() -> qemuImg.resize(base, MemorySize.kib(4)))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("cut data off");
    assertThatThrownBy(() -> qemuImg.createOverlay(directory.resolve("o"), base, MemorySize.kib(4)))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("smaller than its base");
    assertThat(Files.size(base.file())).isEqualTo(1 << 20);
  }

  /** A tmpfs of 64 KiB, in a namespace of its own: any user can have it. */
  @Test
  void fullDiskIsTold() {
    String script = "mount -t tmpfs -o size=64k none \"$0\" && exec \"$@\"";
    CommandRunner cramped =
        (command, lines) ->
            CommandRunner.system()
                .run(
                    Command.of("unshare", "--map-root-user", "--mount", "sh", "-c", script)
                        .arg(directory.toString())
                        .args(command.argv())
                        .build(),
                    lines);
    Path file = directory.resolve("blank");
    assertThatThrownBy(() -> QemuImg.by(cramped).createBlank(file, MemorySize.gib(1)))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("the disk is full");
    assertThat(file).doesNotExist();
  }
}
