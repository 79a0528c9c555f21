/** libvirt's remote protocol in pure Java, and the driver on it. Empty so far. */
module io.vmkit.libvirt {
  requires transitive io.vmkit.core;
}
