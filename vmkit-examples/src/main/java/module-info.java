/** One file a recipe, and the benchmarks. */
module io.vmkit.examples {
  requires static org.jspecify;
  requires io.vmkit.core;
  requires io.vmkit.cloudinit;
  requires io.vmkit.qmp;
  requires jmh.core;
  requires me.tongfei.progressbar;

  exports io.vmkit.examples;
}
