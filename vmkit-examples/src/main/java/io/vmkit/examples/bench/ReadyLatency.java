package io.vmkit.examples.bench;

import io.vmkit.Vm;
import io.vmkit.guest.Ready;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after it came true a condition is seen true: a line on the serial console, from the
 * moment its bytes are in QEMU's log, beside a waiter that looks once a second; and a port, from
 * before the command that has the guest listen.
 */
final class ReadyLatency implements Bench.Benchmark {
  private static final int RUNS = 20;
  private static final int PEER_RUNS = 5;
  private static final int FIRST_PORT = 9000;

  /** The common pool has one thread on two processors. */
  private static final Executor THREADS = task -> new Thread(task).start();

  @Override
  public List<Figure> run() throws IOException {
    try (Workplace workplace = Workplace.open();
        Vm vm = workplace.start()) {
      vm.await(Ready.all(Ready.agent(), Ready.consoleLine("tiny guest ready")));
      Path log = workplace.files().serialLog();
      double peer = peerMillis(vm, log);
      return List.of(
          new Figure("ready.latency", consoleMillis(vm, log), "1 s poll", peer),
          new Figure("ready.latency.port", portMillis(vm), "1 s poll", peer));
    }
  }

  private static double consoleMillis(Vm vm, Path log) {
    long[] nanos = new long[RUNS];
    for (int i = 0; i < RUNS; i++) {
      String mark = "own-" + i;
      CompletableFuture<Long> came = whenInLog(log, mark);
      CompletableFuture<Long> seen =
          CompletableFuture.supplyAsync(
              () -> {
                vm.await(Ready.consoleLine("^" + mark + "$"));
                return System.nanoTime();
              },
              THREADS);
      vm.console().type("echo " + mark + "\n");
      nanos[i] = Math.max(0, seen.join() - came.join());
    }
    return Figure.medianMillis(nanos);
  }

  private static double portMillis(Vm vm) {
    long[] nanos = new long[RUNS];
    for (int i = 0; i < RUNS; i++) {
      String port = Integer.toString(FIRST_PORT + i);
      CompletableFuture<Long> seen =
          CompletableFuture.supplyAsync(
              () -> {
                vm.await(Ready.port(Integer.parseInt(port)));
                return System.nanoTime();
              },
              THREADS);
      long begun = System.nanoTime();
      vm.agent().run("sh", "-c", "nc -l -p " + port + " </dev/null >/dev/null 2>&1 &").orThrow();
      nanos[i] = seen.join() - begun;
    }
    return Figure.medianMillis(nanos);
  }

  private static double peerMillis(Vm vm, Path log) {
    Random phase = new Random(1);
    long[] nanos = new long[PEER_RUNS];
    for (int i = 0; i < PEER_RUNS; i++) {
      String mark = "peer-" + i;
      CompletableFuture<Long> came = whenInLog(log, mark);
      CompletableFuture<Long> seen = whenPolled(log, mark, TimeUnit.SECONDS.toNanos(1));
      LockSupport.parkNanos(phase.nextLong(TimeUnit.SECONDS.toNanos(1)));
      vm.console().type("echo " + mark + "\n");
      nanos[i] = seen.join() - came.join();
    }
    return Figure.medianMillis(nanos);
  }

  /**
   * The moment at which the guest's answer stands in QEMU's log, to a fraction of a millisecond.
   */
  private static CompletableFuture<Long> whenInLog(Path log, String mark) {
    return whenPolled(log, mark, TimeUnit.MICROSECONDS.toNanos(200));
  }

  private static CompletableFuture<Long> whenPolled(Path log, String mark, long pauseNanos) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            while (!Files.readString(log).contains("\n" + mark + "\r\n")) {
              LockSupport.parkNanos(pauseNanos);
            }
            return System.nanoTime();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        THREADS);
  }
}
