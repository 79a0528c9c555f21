/** A real machine in a JUnit test. Empty so far. */
module io.vmkit.junit {
  requires transitive io.vmkit.core;
  requires transitive io.vmkit.cloudinit;
  requires transitive org.junit.jupiter.api;
}
