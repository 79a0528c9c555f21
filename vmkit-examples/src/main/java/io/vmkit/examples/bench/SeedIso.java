package io.vmkit.examples.bench;

import io.vmkit.cloudinit.NoCloudSeed;
import io.vmkit.process.Command;
import io.vmkit.process.CommandRunner;
import io.vmkit.spec.SeedContext;
import io.vmkit.state.DurableFiles;
import io.vmkit.value.SshKeyPair;
import io.vmkit.value.VmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * An ordinary seed in a warm JVM (JMH), beside the same files made into an image by the usual
 * tools, each as a whole run.
 */
final class SeedIso implements Bench.Benchmark {
  private static final int RUNS = 21;

  @Override
  public List<Figure> run() throws IOException, RunnerException {
    double own = ownMillis();
    Path directory = Files.createTempDirectory("vmkit-bench");
    try {
      writeParts(directory);
      String iso = directory.resolve("peer.iso").toString();
      String user = directory.resolve("user-data").toString();
      String meta = directory.resolve("meta-data").toString();
      List<String> cidata = List.of("-output", iso, "-volid", "cidata", "-joliet", "-rock");
      return List.of(
          new Figure(
              "seed.iso",
              own,
              "genisoimage",
              peerMillis(
                  Command.of("genisoimage", "-quiet").args(cidata).args(List.of(user, meta)))),
          new Figure(
              "seed.iso.cloud-localds",
              own,
              "cloud-localds",
              peerMillis(Command.of("cloud-localds", iso, user, meta))),
          new Figure(
              "seed.iso.xorriso",
              own,
              "xorriso",
              peerMillis(
                  Command.of("xorriso", "-as", "genisoimage", "-quiet")
                      .args(cidata)
                      .args(List.of(user, meta)))));
    } finally {
      DurableFiles.removeTree(directory);
    }
  }

  private static double ownMillis() throws RunnerException {
    RunResult result =
        new Runner(
                new OptionsBuilder()
                    .include(SeedBenchmark.class.getName())
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .runSingle();
    Result<?> primary = result.getPrimaryResult();
    return primary.getStatistics().getPercentile(50);
  }

  /** The same content, as files for the tools that need files. */
  private static void writeParts(Path directory) throws IOException {
    NoCloudSeed seed =
        SeedBenchmark.ordinary()
            .seedFor(
                new SeedContext(
                    VmName.of("web"),
                    "web",
                    List.of(SshKeyPair.ed25519("client").publicKey()),
                    Optional.of(SshKeyPair.ed25519("host"))));
    Files.writeString(directory.resolve("user-data"), seed.userData());
    Files.writeString(directory.resolve("meta-data"), seed.metaData());
  }

  private static double peerMillis(Command.Builder builder) {
    Command command = builder.build();
    CommandRunner runner = CommandRunner.system();
    long[] nanos = new long[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long begun = System.nanoTime();
      runner.run(command).orThrow("sudo apt-get install genisoimage cloud-image-utils xorriso");
      nanos[i] = System.nanoTime() - begun;
    }
    return Figure.medianMillis(nanos);
  }
}
