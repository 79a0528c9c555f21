package io.vmkit.cloudinit.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vmkit.process.Command;
import io.vmkit.process.CommandResult;
import io.vmkit.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The cloud-init of a Debian suite, unpacked and never installed: an installed one would configure
 * the host at its next boot.
 */
final class RealCloudInit {
  /** What the schema code of Debian's cloud-init imports. */
  private static final String PYTHON_PACKAGES =
      "python3-jsonschema python3-yaml python3-jinja2 python3-configobj python3-requests"
          + " python3-jsonpatch python3-netifaces python3-oauthlib python3-serial";

  private static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
  private static final String PUBLIC_MIRROR = "http://deb.debian.org/debian/";
  private static final Pattern DEB = Pattern.compile("cloud-init_([^_]+)_all\\.deb");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final CloudInitVersion version;

  private RealCloudInit(Path directory, CloudInitVersion version) {
    this.directory = directory;
    this.version = version;
  }

  /** What it says about one document. */
  record Verdict(boolean accepted, boolean deprecated, String reason) {}

  CloudInitVersion version() {
    return version;
  }

  /** Downloads and unpacks the package of a suite, unless an earlier run has. */
  static RealCloudInit ofSuite(String suite) throws IOException {
    Path cache = Path.of(System.getProperty("vmkit.test.cache", "target/test-cache"));
    Path directory = cache.resolve("cloud-init").resolve(suite).toAbsolutePath();
    Optional<Path> kept = deb(directory);
    Path deb = kept.isPresent() ? kept.get() : download(suite, directory);
    if (!Files.isDirectory(directory.resolve("root"))) {
      run("dpkg-deb", "-x", deb.toString(), directory.resolve("root").toString());
    }
    Matcher name = DEB.matcher(deb.getFileName().toString());
    assertThat(name.matches()).as("name of %s", deb).isTrue();
    return new RealCloudInit(directory, CloudInitVersion.of(name.group(1)));
  }

  private static Path download(String suite, Path directory) throws IOException {
    assertThat(Path.of(KEYRING)).as("apt-get install debian-archive-keyring").exists();
    Path sources = Files.createDirectories(directory.resolve("apt/sources"));
    Files.createDirectories(directory.resolve("apt/lists/partial"));
    Files.createDirectories(directory.resolve("apt/cache/archives/partial"));
    Files.writeString(
        sources.resolve("suite.list"),
        "deb [signed-by=" + KEYRING + "] " + mirror() + " " + suite + " main\n");
    apt(directory, "update");
    apt(directory, "download", "cloud-init");
    return deb(directory).orElseThrow();
  }

  /** The host's own mirror of Debian; the public one on hosts of another distribution. */
  private static String mirror() {
    CommandResult targets =
        run("apt-get", "indextargets", "--format", "$(ORIGIN) $(COMPONENT) $(REPO_URI)");
    return targets
        .output()
        .lines()
        .filter(line -> line.matches("Debian main .*/debian/?"))
        .map(line -> line.substring("Debian main ".length()))
        .findFirst()
        .orElse(PUBLIC_MIRROR);
  }

  private static void apt(Path directory, String... arguments) {
    List<String> argv = new ArrayList<>();
    argv.add("-qq");
    List.of(
            "Dir::Etc::SourceList=/dev/null",
            "Dir::Etc::SourceParts=" + directory.resolve("apt/sources"),
            "Dir::State::Lists=" + directory.resolve("apt/lists"),
            "Dir::Cache=" + directory.resolve("apt/cache"),
            "APT::Sandbox::User=root")
        .forEach(option -> argv.addAll(List.of("-o", option)));
    argv.addAll(List.of(arguments));
    CommandRunner.system()
        .run(
            Command.of("apt-get")
                .args(argv)
                .directory(directory)
                .timeout(Duration.ofMinutes(5))
                .build())
        .orThrow("see that the host reaches its Debian mirror");
  }

  private static CommandResult run(String program, String... arguments) {
    return CommandRunner.system()
        .run(Command.of(program, arguments).build())
        .orThrow("run the tests on a host with apt and dpkg");
  }

  private static Optional<Path> deb(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> DEB.matcher(file.getFileName().toString()).matches()).findFirst();
    }
  }

  /** Asks about all documents in one Python process. */
  List<Verdict> judge(List<String> documents) throws IOException {
    Path script = directory.resolve("verdicts.py");
    Path in = directory.resolve("documents.json");
    Path out = directory.resolve("verdicts.json");
    Files.writeString(script, Corpus.text("cloud_init_verdicts.py"));
    Files.writeString(in, JSON.writeValueAsString(documents));
    // A clean environment: PYTHONHOME and its kind may point at another Python.
    List<String> argv =
        List.of(
            "-i",
            "PATH=/usr/bin:/bin",
            "LC_ALL=C.UTF-8",
            "PYTHONDONTWRITEBYTECODE=1",
            "PYTHONPATH=" + directory.resolve("root/usr/lib/python3/dist-packages"),
            "/usr/bin/python3",
            script.toString(),
            in.toString(),
            out.toString());
    CommandRunner.system()
        .run(Command.of("/usr/bin/env").args(argv).timeout(Duration.ofMinutes(10)).build())
        .orThrow("apt-get install --no-install-recommends python3 " + PYTHON_PACKAGES);
    List<Verdict> verdicts = new ArrayList<>();
    for (JsonNode each : JSON.readTree(out.toFile())) {
      verdicts.add(
          new Verdict(each.get(0).asBoolean(), each.get(1).asBoolean(), each.get(2).asText()));
    }
    assertThat(verdicts).hasSameSizeAs(documents);
    return verdicts;
  }
}
