package io.vmkit.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmkit.error.CommandFailed;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.StorageFault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;

/**
 * What every {@link GuestShell} does when it runs programs. A subclass connects the shell, once for
 * the class; the guest needs busybox or more, and {@code /proc}.
 */
public abstract class GuestShellContract {
  private final List<String> scratch = new ArrayList<>();

  /** The shell to test, the same at each call. */
  protected abstract GuestShell shell();

  /** A path in the guest where nothing is; removed afterwards. */
  protected final String scratch() {
    String path = "/tmp/vmkit-contract-" + UUID.randomUUID();
    scratch.add(path);
    return path;
  }

  @AfterTry
  void removeScratch() {
    scratch.forEach(path -> shell().run("rm", "-rf", path).orThrow());
    scratch.clear();
  }

  private static GuestCommand.Builder sh(String script, String... operands) {
    return GuestCommand.of("sh", "-c", script, "sh").args(List.of(operands));
  }

  @Property(tries = 60)
  void argumentsReachTheProgramUnchanged(@ForAll("arguments") List<String> arguments) {
    GuestCommand command = sh("printf '%s\\0' \"$@\" end").args(arguments).build();

    String printed = shell().run(command).orThrow().stdout();

    List<String> received = Arrays.asList(printed.split("\0", -1));
    assertThat(received.subList(0, received.size() - 2)).isEqualTo(arguments);
  }

  @Provide
  Arbitrary<List<String>> arguments() {
    Arbitrary<String> awkward =
        Arbitraries.strings().withChars("'\"\\$`!*?;&|<>(){}#~ \t\n\r-=%").ofMaxLength(12);
    Arbitrary<String> any =
        Arbitraries.strings()
            .all()
            .ofMaxLength(12)
            .filter(
                text ->
                    text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text));
    return Arbitraries.oneOf(awkward, any).list().ofMaxSize(5);
  }

  @Example
  void codePointsThatJsonParsersRefuseReachTheProgramUnchanged() {
    String awkward = "\uFFFE\n\uFDD0 100% \\n\n";

    assertThat(shell().run("printf", "%s.", awkward).orThrow().stdout()).isEqualTo(awkward + ".");
  }

  @Example
  void inputComesBackByteForByte() {
    for (int size : new int[] {0, 1, 1 << 20, (3 << 20) + 7}) {
      byte[] input = new byte[size];
      new Random(size).nextBytes(input);
      ByteArrayOutputStream output = new ByteArrayOutputStream();

      shell()
          .run(
              GuestCommand.of("cat").input(input).build(),
              OutputSink.to(output, OutputStreams.REFUSING))
          .orThrow();

      assertThat(output.toByteArray()).isEqualTo(input);
    }
  }

  @Example
  void withoutInputAProgramReadsNothing() {
    assertThat(shell().run("cat").orThrow().stdout()).isEmpty();
  }

  @Example
  void aProgramThatReadsNoInputEndsAllTheSame() {
    GuestCommand command = GuestCommand.of("true").input(new byte[2 << 20]).build();

    assertThat(shell().run(command).exitCode()).isZero();
  }

  @Example
  void brokenInputEndsTheCommand() {
    InputSource broken =
        () ->
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the disk went away");
              }
            };

    assertThatThrownBy(() -> shell().run(GuestCommand.of("cat").input(broken).build()))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("the disk went away");
  }

  @Example
  void environmentIsAddedToWhatTheGuestGives() {
    String value = "it's $HOME \"and\"\nmore é";
    GuestCommand command =
        sh("test -n \"$PATH\" && printf %s \"$VMKIT_TEST\"")
            .environment("VMKIT_TEST", value)
            .build();

    assertThat(shell().run(command).orThrow().stdout()).isEqualTo(value);
  }

  @Example
  void workingDirectoryIsSet() {
    String directory = scratch() + " it's";
    shell().run("mkdir", directory).orThrow();
    try {
      GuestCommand command = GuestCommand.of("pwd").directory(directory).build();

      assertThat(shell().run(command).orThrow().stdout()).isEqualTo(directory + "\n");
    } finally {
      shell().run("rmdir", directory).orThrow();
    }
  }

  @Example
  void missingWorkingDirectoryFailsTheCommand() {
    GuestResult result = shell().run(GuestCommand.of("pwd").directory("/no/such").build());

    assertThat(result.exitCode()).isEqualTo(127);
    assertThat(result.stderr()).contains("/no/such");
  }

  @Example
  void userIsChanged() {
    String self = shell().run("id", "-un").orThrow().stdout();
    GuestCommand same = GuestCommand.of("id", "-un").user(self.strip()).build();
    assertThat(shell().run(same).orThrow().stdout()).isEqualTo(self);

    if (self.strip().equals("root")) {
      GuestCommand other =
          sh("id -un; pwd; printf '%s\\n' \"$1\" \"$V\"", "it's -l")
              .user("nobody")
              .directory("/tmp")
              .environment("V", "w x")
              .build();
      assertThat(shell().run(other).orThrow().stdout()).isEqualTo("nobody\n/tmp\nit's -l\nw x\n");
    }
  }

  @Example
  void exitCodesAndSignalsAreTold() {
    for (int code : new int[] {0, 1, 42, 255}) {
      assertThat(shell().run("sh", "-c", "exit " + code).exitCode()).isEqualTo(code);
    }
    assertThat(shell().run("sh", "-c", "kill -TERM $$").exitCode()).isEqualTo(128 + 15);
    assertThat(shell().run("sh", "-c", "kill -KILL $$").exitCode()).isEqualTo(128 + 9);
    assertThat(shell().run("/no/such/program").exitCode()).isEqualTo(127);
    assertThat(shell().run("/etc/passwd").exitCode()).isEqualTo(126);
  }

  @Example
  void bothOutputsAreKeptApart() {
    GuestResult result = shell().run("sh", "-c", "echo out; echo err >&2");

    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
  }

  @Example
  void ofLongOutputTheEndIsKept() {
    GuestCommand command = GuestCommand.of("seq", "1", "20000").outputLimit(100).build();

    assertThat(shell().run(command).stdout()).startsWith("…").endsWith("\n20000\n").hasSize(101);
  }

  @Example
  void aSinkGetsAllOfALongOutput() {
    List<String> lines = new ArrayList<>();

    shell().run(GuestCommand.of("seq", "1", "50000").build(), OutputSink.lines(lines::add));

    assertThat(lines)
        .isEqualTo(IntStream.rangeClosed(1, 50000).mapToObj(Integer::toString).toList());
  }

  @Example
  void linesArriveBeforeTheProgramEnds() throws Exception {
    String signal = scratch();
    CompletableFuture<Void> seen = new CompletableFuture<>();
    CompletableFuture<Void> answered =
        seen.thenRunAsync(() -> shell().writeFile(signal, new byte[0], 0644));
    GuestCommand waiting =
        sh("echo first; until [ -e \"$1\" ]; do sleep 0.02; done; printf last", signal).build();
    List<String> lines = new ArrayList<>();

    shell()
        .run(
            waiting,
            OutputSink.lines(
                line -> {
                  lines.add(line);
                  seen.complete(null);
                }))
        .orThrow();

    answered.get();
    assertThat(lines).containsExactly("first", "last");
  }

  @Example
  void aSinkThatFailsEndsTheProgram() {
    String mark = uniqueNumber();
    GuestCommand command = sh("echo line; sleep $1", mark).build();
    OutputSink failing = OutputSink.to(OutputStreams.REFUSING, OutputStreams.REFUSING);

    assertThatThrownBy(() -> shell().run(command, failing)).isInstanceOf(StorageFault.class);

    assertThatNothingRunsWith(mark);
  }

  @Example
  void aTimeOutKillsTheProgramAndWhatItStarted() {
    String mark = uniqueNumber();
    for (String script :
        List.of("echo before; sleep $1", "echo before; (sleep $1; :) & sleep $1 | cat; wait")) {
      GuestCommand command = sh(script, mark).timeout(Duration.ofSeconds(2)).build();

      DeadlineExceeded late =
          catchThrowableOfType(DeadlineExceeded.class, () -> shell().run(command));

      assertThat(late).isNotNull();
      assertThat(late.evidence().bySource()).containsEntry("its output", "before");
      assertThatNothingRunsWith(mark);
    }
  }

  @Example
  void aTimeOutTellsWhatASinkSaw() {
    GuestCommand command =
        sh("echo before; exec sleep $1", uniqueNumber()).timeout(Duration.ofSeconds(2)).build();
    List<String> lines = new ArrayList<>();

    assertThatThrownBy(() -> shell().run(command, OutputSink.lines(lines::add)))
        .isInstanceOf(DeadlineExceeded.class)
        .hasMessageContaining("before");
    assertThat(lines).containsExactly("before");
  }

  @Example
  void anInterruptKillsTheProgram() throws Exception {
    String mark = uniqueNumber();
    Thread caller = Thread.currentThread();
    OutputSink interrupting = OutputSink.lines(line -> caller.interrupt());

    assertThatThrownBy(() -> shell().run(sh("echo up; sleep $1", mark).build(), interrupting))
        .isInstanceOf(OperationInterrupted.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThatNothingRunsWith(mark);
  }

  @Example
  void manyCommandsRunSideBySide() throws ExecutionException, InterruptedException {
    List<CompletableFuture<String>> runs =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> shell().run("sh", "-c", "sleep 0.1; echo " + i).stdout()))
            .toList();

    for (int i = 0; i < runs.size(); i++) {
      assertThat(runs.get(i).get()).isEqualTo(i + "\n");
    }
  }

  @Example
  void aFailureShowsNoSecret() {
    GuestCommand command = sh("echo broken >&2; exit 3").secret("hunter2").build();

    assertThatThrownBy(() -> shell().run(command).orThrow())
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("broken")
        .hasMessageContaining("***")
        .hasMessageNotContaining("hunter2");
  }

  @Example
  void nothingIsLeftInTheGuestsTemporaryDirectory() {
    String before = temporaryFiles();
    GuestCommand failing = GuestCommand.of("/no/such/program").input(new byte[2 << 20]).build();

    shell().run(failing);
    shell().run(failing, OutputSink.lines(line -> {}));

    assertThat(temporaryFiles()).isEqualTo(before);
  }

  private String temporaryFiles() {
    return shell().run("sh", "-c", "ls -a /tmp | grep '^\\.vmkit-'").stdout();
  }

  /** A number of seconds that no other test sleeps. */
  private static String uniqueNumber() {
    return "4242." + new Random().nextInt(1_000_000_000);
  }

  /** Killed processes take a moment to go, so this looks more than once. */
  private void assertThatNothingRunsWith(String mark) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    List<String> left = running(mark);
    while (!left.isEmpty() && System.nanoTime() < end) {
      left = running(mark);
    }
    assertThat(left).isEmpty();
  }

  private List<String> running(String mark) {
    String all = shell().run("sh", "-c", "cat /proc/[0-9]*/cmdline 2>/dev/null").stdout();
    return Stream.of(all.split("\0")).filter(mark::equals).toList();
  }

  @Example
  void inputIsOpenedAgainForEachRun() {
    byte[] text = "again".getBytes(StandardCharsets.UTF_8);
    GuestCommand command =
        GuestCommand.of("cat").input(() -> new ByteArrayInputStream(text)).build();

    assertThat(shell().run(command).stdout()).isEqualTo("again");
    assertThat(shell().run(command).stdout()).isEqualTo("again");
  }
}
