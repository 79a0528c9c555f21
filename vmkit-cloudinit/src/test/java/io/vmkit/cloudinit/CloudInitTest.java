package io.vmkit.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.InvalidSpec;
import io.vmkit.spec.SeedContext;
import io.vmkit.value.SshKeyPair;
import io.vmkit.value.VmName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudInitTest {
  private static final SshKeyPair KEY = SshKeyPair.ed25519("client");
  private static final SshKeyPair HOST_KEY = SshKeyPair.ed25519("host");
  private static final SeedContext WEB = context("web");
  private static final User ADA = User.named("ada").build();

  private static SeedContext context(String name) {
    return new SeedContext(VmName.of(name), name, List.of(KEY.publicKey()), Optional.of(HOST_KEY));
  }

  private static Map<?, ?> yaml(String text) {
    return Yaml.mapping(text).orElseThrow();
  }

  @Test
  void emptySeedLetsItsOwnUserIn() {
    NoCloudSeed seed = CloudInit.builder().build().seedFor(WEB);
    assertThat(seed.userData()).startsWith("#cloud-config\n");
    assertThat(yaml(seed.userData()).get("users"))
        .isEqualTo(
            List.of(
                "default",
                Map.of(
                    "name",
                    "vmkit",
                    "sudo",
                    "ALL=(ALL) NOPASSWD:ALL",
                    "ssh_authorized_keys",
                    List.of(KEY.publicKey()))));
    assertThat(seed.loginUser()).contains("vmkit");
    assertThat(yaml(seed.metaData()))
        .isEqualTo(Map.of("instance-id", seed.instanceId(), "local-hostname", "web"));
    assertThat(seed.networkConfig()).isEmpty();
    assertThat(seed.vendorData()).isEmpty();
  }

  @Test
  void onlyTheKnownHostKeyIsLeft() {
    Map<?, ?> data = yaml(CloudInit.builder().build().seedFor(WEB).userData());
    assertThat(data.get("ssh_deletekeys")).isEqualTo(true);
    assertThat(data.get("ssh_keys"))
        .isEqualTo(
            Map.of(
                "ed25519_private", HOST_KEY.privateKey(), "ed25519_public", HOST_KEY.publicKey()));
  }

  @Test
  void firstDeclaredUserGetsTheKeysAndKeepsItsOwn() {
    String own = SshKeyPair.ed25519("own").publicKey();
    UserData data =
        UserData.builder()
            .user(ADA.toBuilder().authorizedKey(own).build())
            .user(User.named("bob").build())
            .build();
    NoCloudSeed seed = CloudInit.of(data).seedFor(WEB);
    assertThat(seed.loginUser()).contains("ada");
    assertThat(yaml(seed.userData()).get("users"))
        .isEqualTo(
            List.of(
                Map.of("name", "ada", "ssh_authorized_keys", List.of(own, KEY.publicKey())),
                Map.of("name", "bob")));
  }

  @Test
  void namedLoginUserOfTheImageGetsTheKeysByTheMetaData() {
    NoCloudSeed seed = CloudInit.builder().loginUser("debian").build().seedFor(WEB);
    assertThat(seed.loginUser()).contains("debian");
    assertThat(yaml(seed.userData()).get("users")).isNull();
    assertThat(yaml(seed.metaData()).get("public-keys")).isEqualTo(List.of(KEY.publicKey()));
  }

  @Test
  void loginUserWhomNobodyMakesIsRefused() {
    CloudInit.Builder builder =
        CloudInit.builder().loginUser("eve").userData(UserData.builder().user(ADA).build());
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("eve")
        .hasMessageContaining("ada");
  }

  @Test
  void textAloneIsTheFileByteForByte() {
    String text = "#cloud-config\n\"packages\":\r\n  - {nginx: 0644} # ünchanged\t";
    NoCloudSeed seed = CloudInit.builder().userDataText(text).build().seedFor(WEB);
    assertThat(seed.userData()).isEqualTo(text);
    assertThat(seed.vendorData().orElseThrow()).contains("\nssh_keys:", "\nusers:");
    assertThat(seed.loginUser()).contains("vmkit");
  }

  @Test
  void textThatDeclaresUsersGetsNoFurtherOne() {
    String text = "#cloud-config\nusers:\n- default\n- name: bob\n";
    NoCloudSeed seed = CloudInit.builder().userDataText(text).build().seedFor(WEB);
    assertThat(seed.userData()).isEqualTo(text);
    assertThat(seed.loginUser()).contains("bob");
    assertThat(yaml(seed.vendorData().orElseThrow()).get("users")).isNull();
    assertThat(yaml(seed.metaData()).get("public-keys")).isEqualTo(List.of(KEY.publicKey()));
  }

  @Test
  void otherTextsGoUnchanged() {
    String network = "version: 1 # mine\nconfig: []";
    String meta = "{instance-id: mine}";
    NoCloudSeed seed =
        CloudInit.builder().networkConfigText(network).metaDataText(meta).build().seedFor(WEB);
    assertThat(seed.networkConfig()).contains(network);
    assertThat(seed.metaData()).isEqualTo(meta);
    assertThat(seed.instanceId()).isEqualTo("mine");
    assertThatThrownBy(() -> CloudInit.builder().metaDataText("a: b"))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("no instance-id");
  }

  @Test
  void typedAndTextOfOneFileAreRefusedByName() {
    NetworkConfig typed = NetworkConfig.of(Ethernet.named("eth0").dhcp4().build());
    CloudInit.Builder builder =
        CloudInit.builder().networkConfig(typed).networkConfigText("version: 2");
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining("networkConfig and networkConfigText");
  }

  @Test
  void instanceIdChangesWithEachPartAndOnlyThen() {
    CloudInit.Builder builder = CloudInit.builder();
    String first = builder.build().seedFor(WEB).instanceId();
    assertThat(builder.build().seedFor(WEB).instanceId()).isEqualTo(first).startsWith("iid-");
    assertThat(builder.timestamp(Instant.EPOCH).build().seedFor(WEB).instanceId()).isEqualTo(first);
    List<String> ids =
        List.of(
            first,
            builder.build().seedFor(context("db")).instanceId(),
            builder.networkConfigText("version: 2").build().seedFor(WEB).instanceId(),
            builder.vendorDataText("#cloud-config\n{}").build().seedFor(WEB).instanceId(),
            builder.shellScript("a.sh", "#!/bin/sh\n").build().seedFor(WEB).instanceId(),
            builder
                .metaData(MetaData.builder().value("rack", 7).build())
                .build()
                .seedFor(WEB)
                .instanceId());
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void givenInstanceIdAndHostNameStay() {
    MetaData meta = MetaData.builder().instanceId("i-1").hostname("other").build();
    NoCloudSeed seed = CloudInit.builder().metaData(meta).build().seedFor(WEB);
    assertThat(yaml(seed.metaData()))
        .isEqualTo(Map.of("instance-id", "i-1", "local-hostname", "other"));
  }

  @Test
  void twoHostKeysOfOneTypeAreRefusedByName() {
    CloudInit seed = CloudInit.of(UserData.builder().hostKey(KEY).build());
    assertThatThrownBy(() -> seed.seedFor(WEB))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageContaining(KEY.publicKey())
        .hasMessageContaining(HOST_KEY.publicKey());
  }

  @Test
  void secretsShowNowhere() {
    UserData data =
        UserData.builder()
            .user(ADA.toBuilder().password(PasswordHash.sha512("pass", "salt")).build())
            .hostKey(HOST_KEY)
            .writeFile(WriteFile.text("/secret", "topsecret").build())
            .build();
    CloudInit seed =
        CloudInit.builder()
            .userData(data)
            .shellScript("a.sh", "#!/bin/sh\n# topsecret")
            .vendorDataText("topsecret")
            .build();
    assertThat(seed.toString() + seed.seedFor(WEB) + data + data.users())
        .contains("ada", "a.sh")
        .doesNotContain("topsecret", "$6$", "PRIVATE", "pass\"");
  }

  @Test
  void sameSeedWritesTheSameBytes(@TempDir Path directory) throws Exception {
    CloudInit seed = CloudInit.builder().timestamp(Instant.EPOCH).build();
    seed.seedFor(WEB).writeTo(directory.resolve("1"));
    seed.seedFor(WEB).writeTo(directory.resolve("2"));
    assertThat(directory.resolve("1")).hasSameBinaryContentAs(directory.resolve("2"));
    assertThat(Files.size(directory.resolve("1"))).isPositive();
  }

  @Test
  void equalSeedsAreEqual() {
    assertThat(CloudInit.of(UserData.builder().user(ADA).build()))
        .isEqualTo(CloudInit.of(UserData.builder().user(User.named("ada").build()).build()))
        .isNotEqualTo(CloudInit.builder().build());
  }
}
