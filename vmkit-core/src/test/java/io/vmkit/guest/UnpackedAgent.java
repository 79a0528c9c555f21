package io.vmkit.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmkit.process.Command;
import io.vmkit.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The host's own guest agent, or that of the distribution's package, unpacked but not installed: on
 * a host it would be a service without use.
 */
public final class UnpackedAgent {
  private static final String ADVICE =
      "needs qemu-ga: apt-get update && apt-get install qemu-guest-agent";

  private UnpackedAgent() {}

  /** The program. */
  public static Path program() throws IOException {
    Path installed = Path.of("/usr/sbin/qemu-ga");
    if (Files.isExecutable(installed)) {
      return installed;
    }
    Path cache = Path.of(System.getProperty("vmkit.test.cache"), "qemu-ga");
    Path unpacked = cache.resolve("usr/sbin/qemu-ga");
    if (!Files.isExecutable(unpacked)) {
      Files.createDirectories(cache);
      run(cache, "apt-get", "download", "qemu-guest-agent");
      try (Stream<Path> files = Files.list(cache)) {
        Path deb = files.filter(path -> path.toString().endsWith(".deb")).findFirst().orElseThrow();
        run(cache, "dpkg-deb", "-x", deb.toString(), ".");
      }
    }
    return unpacked;
  }

  private static void run(Path directory, String program, String... arguments) {
    Command command = Command.of(program, arguments).directory(directory).build();
    assertThat(CommandRunner.system().run(command)).as(ADVICE).matches(each -> each.succeeded());
  }
}
