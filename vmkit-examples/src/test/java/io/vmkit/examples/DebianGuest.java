package io.vmkit.examples;

import io.vmkit.Vm;
import io.vmkit.Vmkit;
import io.vmkit.cloudinit.CloudInit;
import io.vmkit.cloudinit.Ethernet;
import io.vmkit.cloudinit.Mount;
import io.vmkit.cloudinit.NetworkConfig;
import io.vmkit.cloudinit.Route;
import io.vmkit.cloudinit.User;
import io.vmkit.cloudinit.UserData;
import io.vmkit.cloudinit.WriteFile;
import io.vmkit.guest.Ready;
import io.vmkit.image.ImageSource;
import io.vmkit.image.ImageStore;
import io.vmkit.network.PortForward;
import io.vmkit.progress.Progress;
import io.vmkit.qemu.QemuDriver;
import io.vmkit.spec.DiskSpec;
import io.vmkit.spec.DomainSpec;
import io.vmkit.spec.NicSpec;
import io.vmkit.state.DurableFiles;
import io.vmkit.value.MacAddress;
import io.vmkit.value.MemorySize;
import io.vmkit.value.SshKeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;

/** One Debian guest whose seed says a bit of everything, booted once for many tests. */
final class DebianGuest implements AutoCloseable {
  /** A cold boot takes a minute; on a host with other work to do, a few. */
  static final Duration BOOT = Duration.ofMinutes(10);

  static final String NAME = "it-debian";
  static final String HOSTNAME = "ada-box";
  static final MacAddress MAC = MacAddress.of("52:54:00:12:34:56");
  static final SshKeyPair FRIENDS_KEY = SshKeyPair.ed25519("friend");
  static final String TEXT = "it's \"text\": é\n  with: yaml\n";

  private final Path state;
  private final Vmkit vmkit;
  private final Vm vm;

  private DebianGuest(Path state) {
    this.state = state;
    this.vmkit = Vmkit.over(QemuDriver.in(state));
    try {
      this.vm = vmkit.start(spec()).await(everything());
    } catch (RuntimeException | Error failure) {
      vmkit.close();
      throw failure;
    }
  }

  static DebianGuest boot() throws IOException {
    return new DebianGuest(Files.createTempDirectory("vmkit-it"));
  }

  static Ready everything() {
    return Ready.all(
        Ready.agent().within(BOOT), Ready.ssh().within(BOOT), Ready.cloudInit().within(BOOT));
  }

  Vm vm() {
    return vm;
  }

  /** The directory of its driver. */
  Path state() {
    return state;
  }

  private static DomainSpec spec() {
    ImageStore store = ImageStore.in(Path.of(System.getProperty("vmkit.test.cache"), "images"));
    return DomainSpec.named(NAME)
        .hostname(HOSTNAME)
        .image(ImageSource.debian("bookworm").obtain(store, Progress.none()))
        .memory(MemorySize.gib(1))
        .cpus(2)
        .diskSize(MemorySize.gib(6))
        .disk(DiskSpec.blank(MemorySize.mib(64)).serial("data"))
        .nics(NicSpec.user().mac(MAC).forward(PortForward.toGuest(22)))
        .seed(seed())
        .build();
  }

  private static CloudInit seed() {
    return CloudInit.builder().userData(userData()).networkConfig(network()).build();
  }

  private static UserData userData() {
    return UserData.builder()
        .user(User.named("ada").shell("/bin/bash").sudoWithoutPassword().build())
        .keepDefaultUser()
        .authorizedKey(FRIENDS_KEY.publicKey())
        .writeFile(WriteFile.text("/etc/it/text", TEXT).permissions(0640).owner("root:adm").build())
        .writeFile(WriteFile.bytes("/etc/it/bytes", allBytes()).permissions(0400).build())
        .writeFile(WriteFile.text("/srv/late", "late\n").owner("ada:ada").defer().build())
        .bootShell("echo boot >>/var/lib/it-boots")
        .bootShell("blkid /dev/disk/by-id/virtio-data || mkfs.ext4 -q /dev/disk/by-id/virtio-data")
        .mount(Mount.of("/dev/disk/by-id/virtio-data", "/data"))
        .swap("/swapfile", MemorySize.mib(32))
        .growPartitions("/")
        .timezone(ZoneId.of("Asia/Kathmandu"))
        .locale("de_DE.UTF-8")
        .run("sh", "-c", "echo \"$0 $1\" >>/var/lib/it-runs", "it's", "run")
        .runShell("echo shell | tee -a /var/lib/it-runs")
        .finalMessage("vmkit's guest is up after $UPTIME seconds")
        .build();
  }

  /** What user networking forwards ports to, set by hand. */
  private static NetworkConfig network() {
    return NetworkConfig.of(
        Ethernet.withMac("outside", MAC)
            .setName("out0")
            .address("10.0.2.15/24")
            .route(Route.defaultVia("10.0.2.2"))
            .nameservers("10.0.2.3")
            .searchDomains("example.org")
            .build());
  }

  static byte[] allBytes() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  @Override
  public void close() {
    vm.close();
    vmkit.close();
    DurableFiles.removeTree(state);
  }
}
