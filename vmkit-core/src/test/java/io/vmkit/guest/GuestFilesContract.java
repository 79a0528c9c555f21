package io.vmkit.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmkit.error.NotFound;
import io.vmkit.error.StorageFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * What every {@link GuestShell} does with files and terminals. For the rest, see the superclass.
 */
public abstract class GuestFilesContract extends GuestShellContract {
  private Path local;

  /** Something to make in a directory, by a made-up kind: file, directory, link. */
  record Sample(String name, int kind, int mode, byte[] content, String target) {}

  @BeforeTry
  void makeLocalDirectory() throws IOException {
    local = Files.createTempDirectory("vmkit-files");
  }

  @AfterTry
  void removeLocalDirectory() throws IOException {
    try (Stream<Path> all = Files.walk(local)) {
      all.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
    }
  }

  @Property(tries = 12)
  void aTreeIsTheSameAfterBothCopies(@ForAll("trees") List<Sample> samples) throws IOException {
    Path source = Files.createTempDirectory(local, "tree");
    make(source, samples);
    String remote = scratch();
    Path back = source.resolveSibling(source.getFileName() + "-back");

    shell().copyTo(source, remote);
    shell().copyFrom(remote, back);

    assertThat(described(back)).isEqualTo(described(source));
  }

  @Provide
  Arbitrary<List<Sample>> trees() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .withChars("aB.- '\"\\*?$`\n\t=é€[]%")
            .ofMinLength(1)
            .ofMaxLength(10)
            .filter(name -> !name.equals(".") && !name.equals(".."));
    return Combinators.combine(
            names,
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 0777),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(200),
            names)
        .as(Sample::new)
        .list()
        .ofMaxSize(12);
  }

  /** Each directory takes what follows it, so that trees get deep. */
  private static void make(Path root, List<Sample> samples) throws IOException {
    Path current = root;
    Map<Path, Integer> modes = new TreeMap<>((a, b) -> b.compareTo(a));
    for (Sample sample : samples) {
      Path path = current.resolve(sample.name);
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      switch (sample.kind) {
        case 0 -> Files.createSymbolicLink(path, Path.of(sample.target));
        case 1 -> current = Files.createDirectory(path);
        default -> Files.write(path, sample.content);
      }
      if (sample.kind != 0) {
        modes.put(path, sample.mode | 0600 | (sample.kind == 1 ? 0100 : 0));
      }
    }
    for (Map.Entry<Path, Integer> entry : modes.entrySet()) {
      Files.setAttribute(entry.getKey(), "unix:mode", entry.getValue());
    }
  }

  private static Map<String, String> described(Path root) throws IOException {
    Map<String, String> nodes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        String content = "";
        if (Files.isSymbolicLink(path)) {
          content = Files.readSymbolicLink(path).toString();
        } else if (Files.isRegularFile(path)) {
          content = Arrays.toString(Files.readAllBytes(path));
        }
        nodes.put(root.relativize(path).toString(), mode + " " + content);
      }
    }
    return nodes;
  }

  @Example
  void namesThatProgramsTakeForOptionsAreOrdinaryNames() throws IOException {
    String remote = scratch();
    Path source = Files.createDirectory(local.resolve("source"));
    for (String name : List.of("-", "--", "-rf", "...", ".-", "*", "\\", "=", "!", "(")) {
      Files.write(source.resolve(name), bytes(name));
    }

    shell().copyTo(source, remote);
    shell().copyFrom(remote, local.resolve("back"));

    assertThat(described(local.resolve("back"))).isEqualTo(described(source));
  }

  @Example
  void aBigFileIsTheSameAfterBothCopies() throws IOException {
    byte[] content = new byte[(20 << 20) + 13];
    new Random(7).nextBytes(content);
    Path source = Files.write(local.resolve("big"), content);
    String remote = scratch();

    shell().copyTo(source, remote);
    shell().copyFrom(remote, local.resolve("back"));

    assertThat(Files.mismatch(source, local.resolve("back"))).isEqualTo(-1);
  }

  @Example
  void anExistingDirectoryIsMergedIntoAndAnExistingFileReplaced() throws IOException {
    String remote = scratch();
    shell().run("mkdir", remote).orThrow();
    shell().writeFile(remote + "/kept", bytes("kept"), 0644);
    shell().writeFile(remote + "/replaced", bytes("longer than before"), 0644);
    Files.write(local.resolve("replaced"), bytes("new"));

    shell().copyTo(local, remote);

    assertThat(shell().readFile(remote + "/kept")).isEqualTo(bytes("kept"));
    assertThat(shell().readFile(remote + "/replaced")).isEqualTo(bytes("new"));
  }

  @Example
  void aDirectoryOfManyFilesIsListedWhole() throws IOException {
    for (int i = 0; i < 500; i++) {
      Files.write(local.resolve("file-with-a-rather-long-name-" + i), new byte[i % 3]);
    }
    String remote = scratch();

    shell().copyTo(local, remote);
    shell().copyFrom(remote, local.resolve("back"));

    try (Stream<Path> files = Files.list(local.resolve("back"))) {
      assertThat(files).hasSize(500);
    }
  }

  @Example
  void whatIsNotThereCannotBeCopied() {
    assertThatThrownBy(() -> shell().copyFrom("/no/such/file", local.resolve("x")))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> shell().copyTo(local.resolve("missing"), scratch()))
        .isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> shell().readFile("/no/such/file")).isInstanceOf(NotFound.class);
  }

  @Example
  void aPlaceWithoutDirectoryIsRefused() throws IOException {
    Path file = Files.write(local.resolve("file"), bytes("x"));

    assertThatThrownBy(() -> shell().copyTo(file, "/no/such/directory/file"))
        .isInstanceOf(StorageFault.class);
  }

  @Example
  void aDeviceIsRefused() {
    assertThatThrownBy(() -> shell().copyFrom("/dev/null", local.resolve("null")))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("neither file, link nor directory");
  }

  @Example
  void aFileIsWrittenWithItsMode() {
    for (int mode : new int[] {0600, 0644, 0755, 0400}) {
      String path = scratch();
      shell().writeFile(path, bytes("secret"), mode);

      assertThat(shell().readFile(path)).isEqualTo(bytes("secret"));
      assertThat(shell().run("stat", "-c", "%a", path).stdout().strip())
          .isEqualTo(Integer.toOctalString(mode));
    }
  }

  @Example
  void aTerminalEchoesResizesAndTellsHowItEnded() throws IOException {
    try (GuestTerminal terminal = shell().openTerminal(80, 24)) {
      BufferedReader output =
          new BufferedReader(new InputStreamReader(terminal.output(), StandardCharsets.UTF_8));
      type(terminal, "tty -s && stty size; echo $((6 * 7)).\n");
      assertThat(until(output, "42.")).contains("24 80").contains("echo $((6 * 7))");

      terminal.resize(100, 40);
      type(terminal, "stty size; echo $((7 * 7)).\n");
      assertThat(until(output, "49.")).contains("40 100");

      type(terminal, "exit 7\n");
      assertThat(terminal.awaitExit(Duration.ofSeconds(30))).isEqualTo(7);
      assertThat(output.lines().count()).isNotNegative();
    }
  }

  @Example
  void aClosedTerminalEnds() throws IOException {
    GuestTerminal terminal = shell().openTerminal(80, 24);
    InputStream output = terminal.output();
    terminal.close();
    terminal.close();

    assertThat(output.transferTo(OutputStream.nullOutputStream())).isNotNegative();
    assertThat(output.read()).isEqualTo(-1);
  }

  private static void type(GuestTerminal terminal, String text) throws IOException {
    terminal.input().write(bytes(text));
    terminal.input().flush();
  }

  private static String until(BufferedReader output, String end) throws IOException {
    StringBuilder seen = new StringBuilder();
    String line = "";
    while (!line.startsWith(end)) {
      line = output.readLine();
      assertThat(line).as("after %s", seen).isNotNull();
      seen.append(line).append('\n');
    }
    return seen.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
