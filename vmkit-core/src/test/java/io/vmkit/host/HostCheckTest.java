package io.vmkit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vmkit.error.HostLacks;
import io.vmkit.host.Finding.Status;
import io.vmkit.process.CommandRunner;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostCheckTest {
  private static final String UIDS = "bob:100000:65536\nann:165536:65536\n";

  @TempDir Path tree;

  static Stream<Arguments> present() {
    return Stream.of(
        row(Topic.QEMU_X86_64, host -> host.program("qemu-system-x86_64"), "x86_64 1.0"),
        row(Topic.QEMU_AARCH64, host -> host.program("qemu-system-aarch64"), "aarch64 1.0"),
        row(Topic.QEMU_IMG, host -> host.program("qemu-img"), "qemu-img 1.0"),
        row(Topic.MMDEBSTRAP, host -> host.program("mmdebstrap"), "/usr/bin/mmdebstrap"),
        row(Topic.E2FSPROGS, host -> host.program("mke2fs"), "/usr/bin/mke2fs"),
        row(Topic.SSH_CLIENT, host -> host.program("ssh"), "/usr/bin/ssh"),
        row(Topic.SWTPM, host -> host.program("swtpm"), "/usr/bin/swtpm"),
        row(Topic.FIRMWARE, HostCheckTest::withFirmware, "OVMF.fd: plain"),
        row(Topic.FUSE, host -> host.file("/dev/fuse", "").program("fusermount3"), "opens"),
        row(Topic.USER_NAMESPACES, host -> namespaces(host), "range of ids"),
        row(
            Topic.LIBVIRT,
            host -> host.file("/run/libvirt/libvirt-sock", ""),
            "/run/libvirt/libvirt-sock is open to ann"),
        row(
            Topic.BRIDGES,
            host ->
                host.directory("/sys/class/net/virbr0/bridge")
                    .directory("/sys/class/net/eth0")
                    .directory("/sys/class/net/br1/bridge"),
            "br1, virbr0"));
  }

  @ParameterizedTest
  @MethodSource("present")
  void whatIsThereIsFound(Topic topic, UnaryOperator<FakeHost> with, String detail) {
    Finding finding = with.apply(new FakeHost(tree)).check(FakeHost.ANN).finding(topic);
    assertThat(finding.status()).isEqualTo(Status.OK);
    assertThat(finding.detail()).contains(detail);
    assertThat(finding.mendingLine()).isEmpty();
  }

  static Stream<Arguments> absent() {
    UnaryOperator<FakeHost> bare = host -> host;
    return Stream.of(
        lacks(Topic.QEMU_X86_64, bare, Status.LACKING, "apt-get install -y qemu-system-x86"),
        lacks(
            Topic.QEMU_X86_64,
            host -> host.program("qemu-system-x86_64", 127, "", "libpixman-1.so.0: cannot open"),
            Status.LACKING,
            "apt-get install -y qemu-system-x86"),
        lacks(Topic.QEMU_AARCH64, bare, Status.OPTIONAL, "apt-get install -y qemu-system-arm"),
        lacks(Topic.QEMU_IMG, bare, Status.LACKING, "apt-get install -y qemu-utils"),
        lacks(Topic.MMDEBSTRAP, bare, Status.LACKING, "apt-get install -y mmdebstrap"),
        lacks(Topic.E2FSPROGS, bare, Status.LACKING, "apt-get install -y e2fsprogs"),
        lacks(Topic.SSH_CLIENT, bare, Status.OPTIONAL, "apt-get install -y openssh-client"),
        lacks(Topic.SWTPM, bare, Status.OPTIONAL, "apt-get install -y swtpm"),
        lacks(Topic.FIRMWARE, bare, Status.OPTIONAL, "apt-get install -y ovmf"),
        lacks(
            Topic.KVM,
            host -> host.file("/proc/cpuinfo", "flags\t\t: fpu vmx sse\n"),
            Status.OPTIONAL,
            "modprobe kvm_intel"),
        lacks(
            Topic.KVM,
            host -> host.file("/proc/cpuinfo", "flags\t\t: fpu svm sse\n"),
            Status.OPTIONAL,
            "modprobe kvm_amd"),
        lacks(
            Topic.KVM,
            host -> host.closed("/dev/kvm", Optional.of("kvm")),
            Status.OPTIONAL,
            "usermod -aG kvm ann"),
        lacks(Topic.KVM, host -> host.closed("/dev/kvm"), Status.OPTIONAL, "chmod 0666 /dev/kvm"),
        lacks(Topic.FUSE, bare, Status.OPTIONAL, "modprobe fuse"),
        lacks(
            Topic.FUSE, host -> host.closed("/dev/fuse"), Status.OPTIONAL, "chmod 0666 /dev/fuse"),
        lacks(
            Topic.FUSE,
            host -> host.file("/dev/fuse", ""),
            Status.OPTIONAL,
            "apt-get install -y fuse3"),
        lacks(Topic.LIBVIRT, bare, Status.OPTIONAL, "apt-get install -y libvirt-daemon-system"),
        lacks(Topic.LIBVIRT, host -> host.program("libvirtd"), Status.OPTIONAL, "libvirtd -d"),
        lacks(
            Topic.LIBVIRT,
            host -> host.program("virtqemud").directory("/run/systemd/system"),
            Status.OPTIONAL,
            "systemctl enable --now virtqemud.socket"),
        lacks(
            Topic.LIBVIRT,
            host -> host.closed("/run/libvirt/virtqemud-sock", Optional.of("libvirt")),
            Status.OPTIONAL,
            "usermod -aG libvirt ann"),
        lacks(Topic.BRIDGES, bare, Status.OPTIONAL, "ip link add br0 type bridge"),
        lacks(Topic.USER_NAMESPACES, bare, Status.LACKING, "apt-get install -y uidmap"),
        lacks(
            Topic.USER_NAMESPACES,
            host -> host.program("newuidmap"),
            Status.LACKING,
            "apt-get install -y util-linux"),
        lacks(
            Topic.USER_NAMESPACES,
            host -> namespaces(host).file("/etc/subgid", "bob:100000:65536\nann:1:9\nbad\n"),
            Status.LACKING,
            "usermod --add-subuids 231072-296607 --add-subgids 231072-296607 ann"),
        lacks(
            Topic.USER_NAMESPACES,
            host ->
                refused(host)
                    .file("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n")
                    .file("/proc/sys/kernel/unprivileged_userns_clone", "1\n"),
            Status.LACKING,
            "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"),
        lacks(
            Topic.USER_NAMESPACES,
            host ->
                refused(host)
                    .file("/proc/sys/kernel/unprivileged_userns_clone", "0\n")
                    .file("/proc/sys/user/max_user_namespaces", "0\n"),
            Status.LACKING,
            "sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=15000"));
  }

  @ParameterizedTest
  @MethodSource("absent")
  void whatLacksComesWithTheLineThatMendsIt(
      Topic topic, UnaryOperator<FakeHost> with, Status status, String line) {
    Finding finding = with.apply(new FakeHost(tree)).check(FakeHost.ANN).finding(topic);
    assertThat(finding.status()).isEqualTo(status);
    assertThat(finding.mendingLine()).hasValue("sudo " + line);
  }

  @Test
  void refusedNamespaceShowsWhatTheKernelSaid() {
    Finding finding =
        refused(new FakeHost(tree)).check(FakeHost.ANN).finding(Topic.USER_NAMESPACES);
    assertThat(finding.detail()).contains("unshare failed: Operation not permitted");
    assertThat(finding.mendingLine()).hasValueSatisfying(line -> assertThat(line).contains("root"));
  }

  @Test
  void rangeMayBeGivenByUserId() {
    FakeHost host =
        namespaces(new FakeHost(tree))
            .file("/etc/subuid", "1000:100000:65536\n")
            .file("/etc/subgid", "1000:100000:65536\n");
    assertThat(host.check(FakeHost.ANN).finding(Topic.USER_NAMESPACES).isOk()).isTrue();
    assertThat(host.ran())
        .containsExactly(tree + "/usr/bin/unshare --map-root-user --map-auto true");
  }

  @Test
  void rootNeedsNeitherSudoNorNamespaces() {
    HostReport report = new FakeHost(tree).check(FakeHost.ROOT);
    assertThat(report.finding(Topic.USER_NAMESPACES).isOk()).isTrue();
    assertThat(report.finding(Topic.QEMU_IMG).mendingLine())
        .hasValue("apt-get install -y qemu-utils");
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void packagesAreNamedAsTheDistributionTakesThem(String release, String line) {
    HostReport report = new FakeHost(tree).file("/etc/os-release", release).check(FakeHost.ANN);
    assertThat(report.finding(Topic.FIRMWARE).mendingLine()).hasValue(line);
  }

  static Stream<Arguments> distributions() {
    String generic = "install the package that Debian calls ovmf";
    return Stream.of(
        arguments("NAME=x\nID=ubuntu\nID_LIKE=debian\n", "sudo apt-get install -y ovmf"),
        arguments("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "sudo apt-get install -y ovmf"),
        arguments("ID=fedora\n", generic),
        arguments("ID=nodebian\n", generic),
        arguments("", generic));
  }

  @Test
  void kvmWithoutProbeIsNotBelieved() {
    Finding finding =
        new FakeHost(tree).file("/dev/kvm", "").check(FakeHost.ANN).finding(Topic.KVM);
    assertThat(finding.status()).isEqualTo(Status.OPTIONAL);
    assertThat(finding.detail()).contains("not proved");
  }

  @Test
  void kvmIsBlamedOnTheProcessorThatShowsNone() {
    Finding finding = new FakeHost(tree).check(FakeHost.ANN).finding(Topic.KVM);
    assertThat(finding.detail()).contains("shows no virtualisation");
    assertThat(finding.mendingLine()).isEmpty();
  }

  @Test
  void everyTopicIsCoveredOnceAndInOrder() {
    assertThat(new FakeHost(tree).check(FakeHost.ANN).findings())
        .extracting(Finding::topic)
        .containsExactly(Topic.values());
  }

  @Test
  void requireNamesEveryMissingThingAndItsLine() {
    HostReport report = new FakeHost(tree).program("qemu-img").check(FakeHost.ANN);
    report.require(Topic.QEMU_IMG);
    assertThatThrownBy(() -> report.require(Topic.QEMU_IMG, Topic.SWTPM, Topic.MMDEBSTRAP))
        .isInstanceOfSatisfying(
            HostLacks.class,
            lacks -> {
              assertThat(lacks.cameBack()).contains("swtpm is not", "mmdebstrap is not");
              assertThat(lacks.nextStep())
                  .isEqualTo("sudo apt-get install -y swtpm\nsudo apt-get install -y mmdebstrap");
            });
  }

  @Test
  void reportIsCompleteWithoutWhatIsOptional() {
    FakeHost host = new FakeHost(tree).program("qemu-system-x86_64").program("qemu-img");
    assertThat(host.check(FakeHost.ROOT).isComplete()).isFalse();
    host.program("mmdebstrap").program("mke2fs");
    assertThat(host.check(FakeHost.ROOT).isComplete()).isTrue();
  }

  @Test
  void tableHasALineForEachThingAndItsMendingBeneath() {
    String table = new FakeHost(tree).program("ssh").check(FakeHost.ROOT).toString();
    assertThat(table.lines())
        .contains(
            "OK        ssh client        " + tree + "/usr/bin/ssh",
            "LACKING   mmdebstrap        mmdebstrap is not installed",
            "                            → apt-get install -y mmdebstrap");
  }

  @Test
  void checkOfATreeUsesItAlone() {
    HostReport report = HostCheck.of(tree, CommandRunner.system()).run();
    assertThat(report.finding(Topic.QEMU_IMG).isOk()).isFalse();
  }

  private static Arguments row(Topic topic, UnaryOperator<FakeHost> with, String detail) {
    return arguments(topic, with, detail);
  }

  private static Arguments lacks(
      Topic topic, UnaryOperator<FakeHost> with, Status status, String line) {
    return arguments(topic, with, status, line);
  }

  private static FakeHost namespaces(FakeHost host) {
    return host.program("newuidmap")
        .program("unshare")
        .file("/etc/subuid", UIDS)
        .file("/etc/subgid", UIDS);
  }

  private static FakeHost refused(FakeHost host) {
    return namespaces(host)
        .program("unshare", 1, "", "unshare: unshare failed: Operation not permitted\n");
  }

  private static FakeHost withFirmware(FakeHost host) {
    return host.file("/usr/share/OVMF.fd", "code")
        .file(
            "/usr/share/qemu/firmware/60.json",
            FirmwareCatalogTest.descriptor("plain", "/usr/share/OVMF.fd", "x86_64", "pc-q35-*"));
  }
}
