package io.vmkit.qemu;

import io.vmkit.Vm;
import io.vmkit.Vmkit;
import io.vmkit.error.AlreadyExists;
import io.vmkit.error.StorageFault;
import io.vmkit.guest.Ready;
import io.vmkit.spec.DiskSpec;
import io.vmkit.spec.DomainSpec;
import io.vmkit.spec.Lifetime;
import io.vmkit.value.MemorySize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM on the same state directory: what it does, and the test's side of it. */
final class OtherJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private OtherJvm(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Does one of the things below in a JVM of its own. */
  static OtherJvm doing(String what, Path state) {
    return doing(List.of(), what, state);
  }

  /**
   * Does one of the things below in a JVM of its own.
   *
   * @param prefix a program that starts the JVM, with its arguments
   */
  static OtherJvm doing(List<String> prefix, String what, Path state) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dvmkit.test.cache=" + System.getProperty("vmkit.test.cache"),
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            TestState.classPath(),
            OtherJvm.class.getName(),
            what,
            state.toString()));
    try {
      return new OtherJvm(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new AssertionError(command.get(0), e);
    }
  }

  /** The next line that it prints; "nothing" when it has ended. */
  String says() throws IOException {
    String line = output.readLine();
    return line == null ? "nothing" : line;
  }

  void tell(String line) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  void awaitExit() throws InterruptedException {
    process.waitFor();
  }

  /** Kills it (SIGKILL) after a while. */
  void killAfter(long millis) throws InterruptedException {
    process.waitFor(millis, TimeUnit.MILLISECONDS);
    close();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  public static void main(String[] args) throws IOException {
    Path state = Path.of(args[1]);
    Vmkit vmkit = Vmkit.over(QemuDriver.in(state));
    switch (args[0]) {
      case "persist" -> persist(vmkit);
      case "bind" -> bind(vmkit);
      case "churn" -> churn(vmkit);
      case "race" -> race(vmkit);
      case "overfill" -> overfill(vmkit, state);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Starts a machine that stays. */
  private static void persist(Vmkit vmkit) {
    vmkit.start(TestState.tiny("stays").lifetime(Lifetime.PERSISTENT).build()).await(Ready.agent());
    vmkit.close();
    say("started");
  }

  /** Starts a machine bound to this JVM, and waits. */
  private static void bind(Vmkit vmkit) throws IOException {
    vmkit.start(TestState.tiny("bound").build());
    say("started");
    System.in.read();
  }

  /** Makes, starts and deletes machines until it is killed. */
  private static void churn(Vmkit vmkit) {
    DomainSpec spec = TestState.tiny("churn").disk(DiskSpec.blank(MemorySize.mib(8))).build();
    say("going");
    while (true) {
      try (Vm vm = vmkit.start(spec)) {
        vm.inspect();
      }
    }
  }

  /** Makes a machine when it is told to, and says whether it did. */
  private static void race(Vmkit vmkit) throws IOException {
    say("ready");
    System.in.read();
    say(madeOne(vmkit, "race") ? "made" : "taken");
  }

  /** Makes a persistent machine unless there is one. */
  static boolean madeOne(Vmkit vmkit, String name) {
    try {
      vmkit.create(TestState.tiny(name).lifetime(Lifetime.PERSISTENT).build());
      return true;
    } catch (AlreadyExists e) {
      return false;
    }
  }

  /** Makes a machine with more disks than the file system has room for. */
  private static void overfill(Vmkit vmkit, Path state) {
    DomainSpec.Builder spec = TestState.tiny("full");
    for (int i = 0; i < 8; i++) {
      spec.disk(DiskSpec.blank(MemorySize.mib(64)));
    }
    try {
      vmkit.create(spec.build());
      say("made");
    } catch (StorageFault e) {
      say(e.getMessage());
    }
    say("left " + vmkit.list() + TestState.at(state).machineFiles());
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
