package io.vmkit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.Vm;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.guest.BootTimeline.Mark;
import io.vmkit.guest.CloudInitStatus;
import io.vmkit.guest.GuestFilesContract;
import io.vmkit.guest.GuestShell;
import io.vmkit.guest.Ready;
import io.vmkit.guest.SshConfig;
import io.vmkit.guest.SshEndpoint;
import io.vmkit.guest.SshShell;
import io.vmkit.state.StateLayout;
import io.vmkit.value.SshKeyPair;
import io.vmkit.value.VmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.Group;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A real Debian, configured by its seed and reached by both shells. Booted once. */
class DebianGuestIT {
  private static DebianGuest guest;

  @BeforeContainer
  static void boot() throws IOException {
    guest = DebianGuest.boot();
  }

  @AfterContainer
  static void close() {
    if (guest != null) { // It may not have come up.
      guest.close();
    }
  }

  private static Vm vm() {
    return guest.vm();
  }

  /** What root sees, asked by one shell after the other. */
  private static void byBoth(String script, Consumer<String> check) {
    for (GuestShell shell : List.of(vm().agent(), vm().ssh())) {
      check.accept(shell.run("sudo", "-n", "sh", "-c", script).orThrow().stdout().strip());
    }
  }

  private static void bothSay(String script, String expected) {
    byBoth(script, said -> assertThat(said).as(script).isEqualTo(expected));
  }

  @Example
  void bothShellsReachTheSameKernel() {
    String kernel = vm().agent().run("uname", "-a").orThrow().stdout();

    assertThat(kernel).startsWith("Linux " + DebianGuest.HOSTNAME + " ").contains("x86_64");
    assertThat(vm().ssh().run("uname", "-a").orThrow().stdout()).isEqualTo(kernel);
  }

  @Example
  void hostNameUserAndKeysAreTheSeeds() {
    bothSay("hostname", DebianGuest.HOSTNAME);
    bothSay("getent passwd ada | cut -d : -f 6-", "/home/ada:/bin/bash");
    assertThat(vm().ssh().run("id", "-un").orThrow().stdout()).isEqualTo("ada\n");
    bothSay("cat ~debian/.ssh/authorized_keys", DebianGuest.FRIENDS_KEY.publicKey());
  }

  @Example
  void filesHaveContentModeAndOwner() {
    bothSay("stat -c '%a %U:%G' /etc/it/text", "640 root:adm");
    bothSay("stat -c '%a %U:%G' /etc/it/bytes", "400 root:root");
    bothSay("stat -c %U:%G /srv/late; cat /srv/late", "ada:ada\nlate");
    assertThat(vm().agent().readFile("/etc/it/text")).asString().isEqualTo(DebianGuest.TEXT);
    assertThat(vm().agent().readFile("/etc/it/bytes")).isEqualTo(DebianGuest.allBytes());
  }

  @Example
  void rootHasGrownAndTheFurtherDisksAreMounted() {
    byBoth(
        "df --output=size -BM / | tail -n 1 | tr -d ' M'",
        mib -> assertThat(Integer.parseInt(mib)).isBetween(5500, 6144));
    bothSay("findmnt -n -o FSTYPE /data", "ext4");
    bothSay("swapon --noheadings --show=NAME,SIZE | tr -s ' '", "/swapfile 32M");
  }

  @Example
  void networkIsTheSeedsAndReachesOut() {
    bothSay("cat /sys/class/net/out0/address", DebianGuest.MAC.toString());
    bothSay("ip -4 -o addr show out0 | tr -s ' ' | cut -d ' ' -f 4", "10.0.2.15/24");
    byBoth("ip -4 route", routes -> assertThat(routes).startsWith("default via 10.0.2.2 dev out0"));
    byBoth("resolvectl dns out0", dns -> assertThat(dns).endsWith(": 10.0.2.3"));
    byBoth("resolvectl domain out0", domain -> assertThat(domain).endsWith(": example.org"));
    assertThat(vm().guest().agentCommands().interfaces())
        .filteredOn(nic -> nic.name().equals("out0"))
        .singleElement()
        .satisfies(nic -> assertThat(nic.mac()).contains(DebianGuest.MAC));
  }

  @Example
  void timeZoneAndLocaleAreSet() {
    bothSay("date +%z", "+0545");
    bothSay("sed -n /^LANG/p /etc/default/locale", "LANG=de_DE.UTF-8");
    bothSay("LC_ALL=de_DE.UTF-8 locale decimal_point", ",");
  }

  @Example
  void cloudInitEndedWithoutAnyError() {
    CloudInitStatus status = vm().guest().cloudInit().orElseThrow();

    assertThat(status.outcome()).as("%s", status).isEqualTo(CloudInitStatus.Outcome.DONE);
    assertThat(status.datasource()).contains("NoCloud");
    assertThat(vm().agent().run("cloud-init", "status").stdout()).isEqualTo("status: done\n");
    bothSay("systemctl --failed --no-legend", "");
    bothSay("grep -c \"^vmkit's guest is up after\" /var/log/cloud-init-output.log", "1");
  }

  @Example
  void conditionsThatHoldAreSeen() {
    vm().await(
            Ready.all(
                Ready.unit("ssh.service"),
                Ready.port(22),
                Ready.file("/var/lib/it-runs"),
                Ready.consoleLine("Cloud-init v\\. .* running 'modules:final'"),
                Ready.any(Ready.port(22), Ready.file("/no/such"))));
  }

  @Example
  void timelineTellsTheStagesInTheirOrder() {
    List<String> names = vm().timeline().marks().stream().map(Mark::name).toList();

    assertThat(names)
        .containsSubsequence("QEMU up", "agent connected", "agent ready", "cloud-init ready");
    assertThat(names.stream().map(name -> name.replaceFirst("^(kernel) .*", "$1")))
        .containsSubsequence(
            "QEMU up",
            "kernel",
            "cloud-init init-local",
            "cloud-init init",
            "cloud-init modules:config",
            "cloud-init modules:final",
            "cloud-init ready")
        .contains("ssh ready");
    assertThat(vm().timeline().marks())
        .allSatisfy(mark -> assertThat(vm().timeline().sinceStart(mark)).isPositive());
  }

  @Example
  void aServerWithAnotherHostKeyIsRefused() throws IOException {
    SshConfig config = vm().sshConfig();
    StateLayout layout = new StateLayout(guest.state());
    SshKeyPair client =
        SshKeyPair.of(
            Files.readString(layout.clientKey()), Files.readString(layout.clientPublicKey()));
    SshEndpoint wrong =
        new SshEndpoint(
            config.hostName(),
            config.port(),
            config.user(),
            client,
            SshKeyPair.ed25519("other").publicKey());

    assertThatThrownBy(() -> SshShell.connect(wrong, Duration.ofSeconds(30)))
        .isInstanceOf(ProtocolFailure.class)
        .hasMessageContaining("host key differs");
  }

  @Example
  void peoplesOwnSshAndScpWork() throws Exception {
    Path file = new StateLayout(guest.state()).vm(VmName.of(DebianGuest.NAME)).sshConfig();
    Path source = Files.writeString(guest.state().resolve("to-copy"), DebianGuest.TEXT);

    assertThat(HostProgram.run("ssh", "-F", file.toString(), DebianGuest.NAME, "id", "-un"))
        .isEqualTo("ada\n");
    HostProgram.run("scp", "-q", "-F", file.toString(), source.toString(), DebianGuest.NAME + ":x");

    assertThat(vm().agent().readFile("/home/ada/x")).asString().isEqualTo(DebianGuest.TEXT);
  }

  @Example
  void aMereRestartRunsNothingAgainThatBelongsToTheFirstBoot() {
    bothSay("cat /var/lib/it-runs", "it's run\nshell");
    int boots = boots();
    String id = cloudInitInstance();

    vm().shutdown(Duration.ofMinutes(5));
    vm().start().await(DebianGuest.everything());

    assertThat(boots()).isEqualTo(boots + 1);
    assertThat(cloudInitInstance()).isEqualTo(id);
    bothSay("cat /var/lib/it-runs", "it's run\nshell");
    bothSay("findmnt -n -o FSTYPE /data", "ext4");
  }

  private static int boots() {
    return vm().agent().run("cat", "/var/lib/it-boots").orThrow().stdout().split("\n").length;
  }

  private static String cloudInitInstance() {
    return vm().agent().run("cat", "/var/lib/cloud/data/instance-id").orThrow().stdout();
  }

  @Group
  @AddLifecycleHook(FewTries.class)
  class BySsh extends GuestFilesContract {
    @Override
    protected GuestShell shell() {
      return vm().ssh();
    }
  }

  @Group
  @AddLifecycleHook(FewTries.class)
  class ByAgent extends GuestFilesContract {
    @Override
    protected GuestShell shell() {
      return vm().agent();
    }
  }
}
