package io.vmkit.examples.bench;

import io.vmkit.Vm;
import io.vmkit.image.Image;
import io.vmkit.process.Command;
import io.vmkit.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * vmkit's own share of making and starting a machine: the whole, from the call to running
 * processors, less what the same QEMU takes when its command line is run and its monitor spoken to
 * by nothing but a socket. Warm, and for the first machine of a fresh JVM.
 */
final class BootOverhead implements Bench.Benchmark {
  private static final int WARM_UP = 10;
  private static final int RUNS = 15;
  private static final int COLD_RUNS = 5;

  /**
   * The first machine of a JVM: prints the nanoseconds from the first call to running processors.
   *
   * @param args the state directory, in which the accelerator has been probed
   */
  public static void main(String[] args) {
    Image image = Workplace.image(); // Obtaining images is no part of a start.
    long begun = System.nanoTime();
    try (Workplace workplace = Workplace.in(Path.of(args[0]), image);
        Vm vm = workplace.start()) {
      System.out.println(System.nanoTime() - begun);
    }
  }

  @Override
  public List<Figure> run() throws IOException {
    long[] whole = new long[RUNS];
    long[] bare = new long[RUNS];
    double cold;
    try (Workplace workplace = Workplace.open()) {
      Path elsewhere = workplace.directory().resolve("bare");
      List<String> argv = List.of();
      for (int i = -WARM_UP; i < RUNS; i++) {
        long begun = System.nanoTime();
        try (Vm vm = workplace.start()) {
          long nanos = System.nanoTime() - begun;
          argv = commandLine(vm);
          BareQemu.copyDisks(
              List.of(workplace.files().extraDisk(0), workplace.files().seed()), elsewhere);
          whole[Math.max(i, 0)] = nanos;
        }
        bare[Math.max(i, 0)] = BareQemu.start(moved(argv, workplace, elsewhere), elsewhere);
      }
      cold = coldMillis(workplace.directory());
    }
    double bareMillis = Figure.medianMillis(bare);
    return List.of(
        new Figure(
            "boot.overhead", Figure.medianMillis(whole) - bareMillis, "bare qemu", bareMillis),
        new Figure("boot.overhead.cold", cold - bareMillis, "bare qemu", bareMillis));
  }

  private static List<String> commandLine(Vm vm) throws IOException {
    long pid = vm.inspect().pid().orElseThrow();
    String line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
    List<String> argv = Arrays.asList(line.split("\0", -1));
    return argv.subList(1, argv.size() - 1);
  }

  /** The same command line with its files elsewhere. */
  private static List<String> moved(List<String> argv, Workplace workplace, Path elsewhere) {
    String from = workplace.files().directory().toString();
    return argv.stream().map(argument -> argument.replace(from, elsewhere.toString())).toList();
  }

  private static double coldMillis(Path state) {
    Command command =
        Command.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BootOverhead.class.getName(),
                state.toString())
            .build();
    long[] nanos = new long[COLD_RUNS];
    for (int i = 0; i < COLD_RUNS; i++) {
      String output = CommandRunner.system().run(command).orThrow("see its output").output();
      nanos[i] = Long.parseLong(output.strip());
    }
    return Figure.medianMillis(nanos);
  }
}
