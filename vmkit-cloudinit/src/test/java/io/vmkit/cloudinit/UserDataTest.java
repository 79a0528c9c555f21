package io.vmkit.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.cloudinit.schema.CloudConfigSchema;
import io.vmkit.cloudinit.schema.CloudInitVersion;
import io.vmkit.cloudinit.schema.ValidationResult;
import io.vmkit.error.InvalidSpec;
import io.vmkit.value.MemorySize;
import io.vmkit.value.SshKeyPair;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UserDataTest {
  private static final CloudConfigSchema OLDEST =
      CloudConfigSchema.forVersion(CloudInitVersion.of("22.4.2"));
  private static final CloudConfigSchema NEWEST = CloudConfigSchema.latest();
  private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me";
  private static final String PEM =
      "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

  /** What a call adds, as cloud-init documents it. */
  static Stream<Arguments> modules() {
    return Stream.of(
        says("hostname: web", b -> b.hostname("web")),
        says("fqdn: web.example.org", b -> b.fqdn("web.example.org")),
        says("manage_etc_hosts: true", b -> b.manageEtcHosts(true)),
        says("users: [default]", UserData.Builder::keepDefaultUser),
        says("groups: [{dev: [ada]}, ops]", b -> b.group("dev", "ada").group("ops")),
        says("ssh_pwauth: true", b -> b.sshPasswordLogin(true)),
        says("ssh_authorized_keys: ['" + KEY + "']", b -> b.authorizedKey(KEY)),
        says("disable_root: false", b -> b.disableRoot(false)),
        says("packages: [a, b, c]", b -> b.packages("a", "b").packages("c")),
        says("package_update: true", b -> b.updatePackages(true)),
        says("package_upgrade: false", b -> b.upgradePackages(false)),
        says(
            "apt: {sources: {x.list: {source: deb a b c, key: k}, y.list: {source: 'ppa:y'}}}",
            b ->
                b.aptSource(new AptSource("x", "deb a b c", Optional.of("k")))
                    .aptSource(new AptSource("y", "ppa:y", Optional.empty()))),
        says(
            "apt: {primary: [{arches: [default], uri: 'http://m'}], proxy: 'http://p'}",
            b -> b.aptMirror("http://m").aptProxy("http://p")),
        says(
            "yum_repos: {e: {name: e, baseurl: 'http://e', enabled: true, gpgcheck: true,"
                + " gpgkey: 'http://k'}}",
            b -> b.yumRepo(new YumRepo("e", "http://e", Optional.of(URI.create("http://k"))))),
        says(
            "write_files: [{path: /a, owner: 'u:g', permissions: '0640', append: true,"
                + " defer: true, content: \"t\\n\"}]",
            b ->
                b.writeFile(
                    WriteFile.text("/a", "t\n")
                        .owner("u:g")
                        .permissions(0640)
                        .append()
                        .defer()
                        .build())),
        says(
            "write_files: [{path: /b, encoding: b64, content: AP8=}]",
            b -> b.writeFile(WriteFile.bytes("/b", new byte[] {0, -1}).build())),
        says("runcmd: [[echo, a b], echo 'x']", b -> b.run("echo", "a b").runShell("echo 'x'")),
        says("bootcmd: [[a], b c]", b -> b.bootRun("a").bootShell("b c")),
        says(
            "mounts: [[vdb, /data, auto, 'defaults,nofail', '0', '2']]",
            b -> b.mount(Mount.of("vdb", "/data"))),
        says("swap: {filename: /swap, size: 1048576}", b -> b.swap("/swap", MemorySize.mib(1))),
        says("growpart: {mode: auto, devices: [/]}", b -> b.growPartitions("/")),
        says("growpart: {mode: 'off'}", b -> b.growPartitions()),
        says("ntp: {enabled: true, servers: [a]}", b -> b.ntpServers("a")),
        says("timezone: Europe/Berlin", b -> b.timezone(ZoneId.of("Europe/Berlin"))),
        says("locale: de_DE.UTF-8", b -> b.locale("de_DE.UTF-8")),
        says("final_message: up", b -> b.finalMessage("up")),
        says(
            "power_state: {mode: reboot, delay: 5, message: bye}",
            b ->
                b.powerState(new PowerState(PowerState.Mode.REBOOT, Duration.ofMinutes(5), "bye"))),
        says(
            "power_state: {mode: poweroff, delay: now}",
            b -> b.powerState(PowerState.now(PowerState.Mode.POWEROFF))),
        says("chpasswd: {expire: false}", b -> b.module("chpasswd", Map.of("expire", false))));
  }

  private static Arguments says(String yaml, Consumer<UserData.Builder> call) {
    return Arguments.of(yaml, call);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void callSaysWhatCloudInitReads(String expected, Consumer<UserData.Builder> call) {
    UserData.Builder builder = UserData.builder();
    call.accept(builder);
    UserData data = builder.build();
    assertThat(data.toYaml()).startsWith("#cloud-config\n");
    assertThat(Yaml.mapping(data.toYaml())).isEqualTo(Yaml.mapping(expected)).isPresent();
    assertThat(data.toBuilder().build()).isEqualTo(data);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void noReleaseOfCloudInitMindsWhatACallSays(String expected, Consumer<UserData.Builder> call) {
    UserData.Builder builder = UserData.builder();
    call.accept(builder);
    for (CloudConfigSchema schema : List.of(OLDEST, NEWEST)) {
      ValidationResult result = schema.validate(builder.build().toYaml());
      assertThat(result.errors()).isEmpty();
      assertThat(result.warnings()).isEmpty();
    }
  }

  @Test
  void userSaysAllItHas() {
    User user =
        User.named("ada")
            .fullName("Ada L.")
            .shell("/bin/bash")
            .home("/srv/ada")
            .uid(1234)
            .groups("adm", "sudo")
            .primaryGroup("dev")
            .sudoWithoutPassword()
            .password(PasswordHash.crypted("$6$s$h"))
            .authorizedKey(KEY)
            .authorizedKey(KEY)
            .build();
    String expected =
        "users: [{name: ada, lock_passwd: false, gecos: Ada L., shell: /bin/bash,"
            + " homedir: /srv/ada, uid: 1234, groups: [adm, sudo], primary_group: dev,"
            + " sudo: 'ALL=(ALL) NOPASSWD:ALL', hashed_passwd: $6$s$h,"
            + (" ssh_authorized_keys: ['" + KEY + "']}]");
    assertThat(Yaml.mapping(UserData.builder().user(user).build().toYaml()))
        .isEqualTo(Yaml.mapping(expected));
    assertThat(user.toBuilder().build()).isEqualTo(user);
  }

  @Test
  void noReleaseOfCloudInitMindsAUserOrCertificate() {
    User user =
        User.named("ada")
            .fullName("Ada")
            .uid(1234)
            .groups("adm")
            .primaryGroup("dev")
            .sudoWithoutPassword()
            .password(PasswordHash.crypted("$6$s$h"))
            .authorizedKey(KEY)
            .build();
    UserData data =
        UserData.builder()
            .user(user)
            .keepDefaultUser()
            .hostKey(SshKeyPair.ed25519("host"))
            .trustedCertificates(PEM)
            .build();
    for (CloudConfigSchema schema : List.of(OLDEST, NEWEST)) {
      ValidationResult result = schema.validate(data.toYaml());
      assertThat(result.errors()).isEmpty();
      assertThat(result.warnings()).isEmpty();
    }
  }

  @Test
  void certificatesAreCollected() {
    UserData data = UserData.builder().trustedCertificates(PEM).trustedCertificates(PEM).build();
    assertThat(Yaml.mapping(data.toYaml()).orElseThrow().get("ca_certs").toString())
        .contains("BEGIN CERTIFICATE", ", -----BEGIN");
  }

  @Test
  void gzipShrinksLargeFilesAndIsAlwaysTheSame() {
    byte[] text = "line\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    WriteFile file = WriteFile.bytes("/a", text).gzip().build();
    assertThat(file).isEqualTo(WriteFile.bytes("/a", text).gzip().build());
    assertThat(file.yaml()).containsEntry("encoding", "gz+b64");
    assertThat(String.valueOf(file.yaml().get("content"))).hasSizeLessThan(1000);
  }

  @Test
  void mapsWithoutOrderAreSorted() {
    Map<String, Object> unordered = Map.of("b", 1, "a", Map.of("z", 1, "x", 2), "c", 3);
    assertThat(UserData.builder().module("m", unordered).build().toYaml())
        .isEqualTo("#cloud-config\nm:\n  a:\n    x: 2\n    z: 1\n  b: 1\n  c: 3\n");
  }

  /** Calls that are wrong, and what the message must name. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        says("no host name", b -> b.hostname("a_b")),
        says("no host name", b -> b.fqdn("a..b")),
        says("'1a' is no account name", b -> b.user(User.named("1a").build())),
        says("ada", b -> b.user(User.named("ada").build()).user(User.named("ada").build())),
        says("private key", b -> b.authorizedKey("-----BEGIN OPENSSH PRIVATE KEY-----")),
        says("no public key", b -> b.authorizedKey(KEY + "\n" + KEY)),
        says("'bin/sh' is not absolute", b -> User.named("ada").shell("bin/sh")),
        says("full name", b -> User.named("ada").fullName("a:b")),
        says("uid", b -> User.named("ada").uid(-1)),
        says("'etc' is not absolute", b -> WriteFile.text("etc", "")),
        says("0100644", b -> WriteFile.text("/a", "").permissions(0100644)),
        says("blank", b -> b.packages("a", " ")),
        says("no program", b -> b.run()),
        says("blank", b -> b.runShell("")),
        says("'data' is not absolute", b -> b.mount(Mount.of("vdb", "data"))),
        says("PT30S", b -> new PowerState(PowerState.Mode.HALT, Duration.ofSeconds(30), "")),
        says("PEM", b -> b.trustedCertificates("x")),
        says("module users", b -> b.module("users", "x")),
        says("no YAML form", b -> b.module("x", new Object())),
        says("'a/b.sh'", b -> CloudInit.builder().shellScript("a/b.sh", "#!/bin/sh")),
        says("a.sh", b -> CloudInit.builder().shellScript("a.sh", "echo")),
        says(
            "two of type",
            b -> b.hostKey(SshKeyPair.ed25519("a")).hostKey(SshKeyPair.ed25519("b"))));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakeIsRefusedByName(String named, Consumer<UserData.Builder> call) {
    UserData.Builder builder = UserData.builder();
    assertThatThrownBy(() -> call.accept(builder))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining(named);
  }
}
