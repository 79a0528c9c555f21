package io.vmkit.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmkit.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TinyGuestIT {
  @TempDir Path directory;
  private KernelBoot boot;

  @BeforeAll
  void make() {
    ImageStore store = ImageStore.in(Path.of(System.getProperty("vmkit.test.cache"), "images"));
    boot = ImageSource.tinyGuest().obtain(store, Progress.none()).kernelBoot().orElseThrow();
  }

  @Test
  void secondMakingGivesTheSameInitrd() throws IOException {
    ImageStore other = ImageStore.in(directory.resolve("store"));
    Image again = ImageSource.tinyGuest().obtain(other, Progress.none());
    try (InputStream first = Files.newInputStream(boot.initrd())) {
      assertThat(again.kernelBoot().orElseThrow().initrd()).hasBinaryContent(first.readAllBytes());
    }
  }

  @Test
  void bootsAnswersAndPowersOff() throws Exception {
    try (BootedGuest guest = BootedGuest.start(boot, directory)) {
      guest.awaitSerial("vmkit: tiny guest ready", 120);
      assertThat(guest.serial()).contains("Linux version");
      assertThat(guest.run("hostname")).isEqualTo("tim");
      assertThat(guest.run("n=0; until ip -4 addr show eth0 | grep inet; do usleep 50000; done"))
          .contains("10.0.2.15/24");
      assertThat(
              guest.run("for tool in httpd nc find stat tar; do busybox $tool --help; done 2>&1"))
          .contains("Usage: httpd", "Usage: nc", "Usage: find", "Usage: stat", "Usage: tar");
      assertThat(guest.run("script -qc 'tty' /dev/null </dev/null")).contains("/dev/pts/");
      assertThat(guest.powerOff(60)).isTrue();
    }
  }
}
