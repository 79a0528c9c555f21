package io.vmkit.examples.bench;

import io.vmkit.cloudinit.CloudInit;
import io.vmkit.cloudinit.User;
import io.vmkit.cloudinit.UserData;
import io.vmkit.cloudinit.WriteFile;
import io.vmkit.spec.SeedContext;
import io.vmkit.value.SshKeyPair;
import io.vmkit.value.VmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An ordinary seed, rendered and written to a file: user, keys, files and commands. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SeedBenchmark {
  private CloudInit source = ordinary();
  private SeedContext context =
      new SeedContext(
          VmName.of("web"),
          "web",
          List.of(SshKeyPair.ed25519("client").publicKey()),
          Optional.of(SshKeyPair.ed25519("host")));
  private Path file = Path.of("unset");

  /** For JMH. */
  public SeedBenchmark() {}

  static CloudInit ordinary() {
    return CloudInit.of(
        UserData.builder()
            .user(User.named("admin").sudoWithoutPassword().build())
            .writeFile(WriteFile.text("/etc/motd", "made by vmkit\n").build())
            .run("systemctl", "restart", "ssh")
            .build());
  }

  /**
   * Makes the file's directory.
   *
   * @throws IOException when it cannot be made
   */
  @Setup
  public void makeFile() throws IOException {
    file = Files.createTempFile("vmkit-bench", ".iso");
  }

  /**
   * Removes the file.
   *
   * @throws IOException when it cannot be removed
   */
  @TearDown
  public void removeFile() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Renders and writes one seed. */
  @Benchmark
  public void seed() {
    source.seedFor(context).writeTo(file);
  }
}
