/** Image building, roles, profiles and labs. Empty so far. */
module io.vmkit.lab {
  requires transitive io.vmkit.core;
  requires transitive io.vmkit.cloudinit;
}
