package io.vmkit.examples.bench;

import io.vmkit.error.VmkitException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the benchmarks, all or those named, and prints each figure as a line of JSON. */
public final class Bench {
  /** A benchmark: measures and returns its figures. */
  @FunctionalInterface
  interface Benchmark {
    List<Figure> run() throws Exception;
  }

  private Bench() {}

  /**
   * Runs benchmarks.
   *
   * @param args their names; all when there are none
   * @throws Exception when one cannot be run
   */
  public static void main(String[] args) throws Exception {
    Map<String, Benchmark> known = new LinkedHashMap<>();
    known.put("seed.iso", new SeedIso());
    known.put("boot.overhead", new BootOverhead());
    known.put("ready.latency", new ReadyLatency());
    Set<String> wanted = args.length == 0 ? known.keySet() : Set.of(args);
    if (!known.keySet().containsAll(wanted)) {
      System.err.println("there is no such benchmark; there are " + known.keySet());
      System.exit(2);
    }
    try {
      for (Map.Entry<String, Benchmark> each : known.entrySet()) {
        if (wanted.contains(each.getKey())) {
          each.getValue().run().forEach(System.out::println);
        }
      }
    } catch (VmkitException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
