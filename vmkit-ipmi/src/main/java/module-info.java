/** A BMC in front of any machine: IPMI 2.0 over RMCP+. Empty so far. */
module io.vmkit.ipmi {
  requires transitive io.vmkit.core;
}
