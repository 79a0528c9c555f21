package io.vmkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmkit.process.Command;
import io.vmkit.process.CommandRunner;
import io.vmkit.progress.Progress;
import io.vmkit.value.MemorySize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DebianImageIT {
  @TempDir Path directory;

  private Path seed(String networkConfig) throws Exception {
    Path files = Files.createDirectory(directory.resolve("seed"));
    Files.writeString(
        files.resolve("user-data"),
        """
        #cloud-config
        users: [ { name: bob } ]
        write_files: [ { path: /root/hello, content: hi } ]
        """);
    Files.writeString(files.resolve("meta-data"), "instance-id: i1\nlocal-hostname: tim\n");
    Files.writeString(files.resolve("network-config"), networkConfig);
    Path seed = directory.resolve("seed.iso");
    CommandRunner.system()
        .run(
            Command.of("genisoimage", "-quiet", "-J", "-R", "-V", "cidata")
                .args(List.of("-o", seed.toString(), files.toString()))
                .build())
        .orThrow("apt-get install genisoimage");
    return seed;
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void bootsAndIsConfiguredByItsSeed() throws Exception {
    ImageStore store = ImageStore.in(Path.of(System.getProperty("vmkit.test.cache"), "images"));
    Image image = ImageSource.debian("bookworm").obtain(store, Progress.none());
    Path overlay = directory.resolve("disk.qcow2");
    QemuImg.by(CommandRunner.system())
        .createOverlay(overlay, image.disk().orElseThrow(), MemorySize.gib(5));
    Path seed =
        seed(
            """
            version: 2
            ethernets:
              any: { match: { name: "en*" }, addresses: [ 10.0.2.77/24 ], gateway4: 10.0.2.2 }
            """);
    try (BootedGuest guest =
        BootedGuest.start(
            image.kernelBoot().orElseThrow(),
            directory,
            "format=qcow2,file=" + overlay,
            "format=raw,readonly=on,file=" + seed)) {
      guest.awaitSerial("Linux version", 120);
      guest.awaitSerial("finished at", 600);
      assertThat(guest.run("cat /root/hello; hostname; id -u bob")).isEqualTo("hitim\n1000");
      assertThat(guest.run("cat /run/cloud-init/result.json"))
          .contains("DataSourceNoCloud", "\"errors\": []");
      assertThat(guest.run("ip -4 addr")).contains("10.0.2.77/24");
      assertThat(guest.run("df --output=size -BG / | tail -n 1")).isEqualTo("5G");
      assertThat(guest.run("systemctl --failed --no-legend")).isEmpty();
      assertThat(guest.powerOff(120)).isTrue();
    }
  }
}
