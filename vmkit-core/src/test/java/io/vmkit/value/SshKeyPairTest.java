package io.vmkit.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.InvalidSpec;
import io.vmkit.process.Command;
import io.vmkit.process.CommandRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshKeyPairTest {
  @Test
  void opensshReadsThePrivateKeyAndFindsThePublicOne(@TempDir Path directory) throws Exception {
    SshKeyPair pair = SshKeyPair.ed25519("someone@somewhere");
    Path file = directory.resolve("key");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, pair.privateKey());
    Command command = Command.of("ssh-keygen", "-y", "-f", file.toString()).build();
    String publicKey =
        CommandRunner.system()
            .run(command)
            .orThrow("apt-get install openssh-client")
            .output()
            .strip();
    assertThat(publicKey).isEqualTo(pair.publicKey());
  }

  @Test
  void thePrivateKeyIsNeverPrinted() {
    SshKeyPair pair = SshKeyPair.ed25519("c");
    assertThat(pair.toString()).isEqualTo(pair.publicKey()).doesNotContain("PRIVATE");
    assertThat(pair.type()).isEqualTo("ssh-ed25519");
  }

  @Test
  void twoKeysDiffer() {
    assertThat(SshKeyPair.ed25519("c")).isNotEqualTo(SshKeyPair.ed25519("c"));
  }

  @Test
  void whatIsNoKeyIsRefused() {
    SshKeyPair pair = SshKeyPair.ed25519("c");
    assertThat(SshKeyPair.of(pair.privateKey(), pair.publicKey() + "\n")).isEqualTo(pair);
    assertThatThrownBy(() -> SshKeyPair.of("secret", pair.publicKey()))
        .isInstanceOf(InvalidSpec.class)
        .hasMessageNotContaining("secret;");
    assertThatThrownBy(() -> SshKeyPair.of(pair.privateKey(), "ssh-ed25519 A\nssh-rsa B"))
        .isInstanceOf(InvalidSpec.class);
    assertThatThrownBy(() -> SshKeyPair.ed25519("two\nlines")).isInstanceOf(InvalidSpec.class);
  }
}
