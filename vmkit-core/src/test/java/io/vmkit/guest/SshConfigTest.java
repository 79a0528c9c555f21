package io.vmkit.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.InvalidSpec;
import io.vmkit.value.SshKeyPair;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SshConfigTest {
  private static final SshConfig CONFIG =
      new SshConfig(
          "web",
          "127.0.0.1",
          2222,
          "debian",
          Path.of("/state/100% me/key"),
          Path.of("/state/known"));

  @Test
  void theTextHasAllThatSshNeeds() {
    assertThat(CONFIG.text())
        .isEqualTo(
            """
            Host web
              HostName 127.0.0.1
              Port 2222
              User debian
              HostKeyAlias web
              IdentityFile "/state/100%% me/key"
              IdentitiesOnly yes
              UserKnownHostsFile "/state/known"
              StrictHostKeyChecking yes
            """);
    assertThat(CONFIG.knownHosts("ssh-ed25519 AAAA host")).isEqualTo("web ssh-ed25519 AAAA host\n");
    assertThat(CONFIG.commandLine(Path.of("/state/ssh config")))
        .isEqualTo("ssh -F '/state/ssh config' web");
  }

  @Test
  void whatCannotStandInTheFileIsRefused() {
    Path key = Path.of("/k");
    assertThatThrownBy(() -> new SshConfig("a b", "h", 22, "u", key, key))
        .isInstanceOf(InvalidSpec.class);
    assertThatThrownBy(() -> new SshConfig("a", "h", 22, "u", Path.of("/a\"b"), key))
        .isInstanceOf(InvalidSpec.class);
  }

  @Test
  void anEndpointChecksItsValuesAndShowsNoPrivateKey() {
    SshKeyPair key = SshKeyPair.ed25519("client");
    String host = SshKeyPair.ed25519("host").publicKey();

    assertThat(new SshEndpoint("h", 22, "u", key, host).toString()).doesNotContain("PRIVATE");
    assertThatThrownBy(() -> new SshEndpoint("h", 0, "u", key, host))
        .isInstanceOf(InvalidSpec.class);
    assertThatThrownBy(() -> new SshEndpoint("h", 22, "", key, host))
        .isInstanceOf(InvalidSpec.class);
    for (String line : new String[] {"", "ssh-ed25519", "ssh-ed25519 no/base64!"}) {
      assertThatThrownBy(() -> new SshEndpoint("h", 22, "u", key, line))
          .isInstanceOf(InvalidSpec.class);
    }
  }
}
