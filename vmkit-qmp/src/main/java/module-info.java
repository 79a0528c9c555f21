/** QMP and the guest agent as clients, and drivers that run QEMU without a daemon. */
module io.vmkit.qmp {
  requires static transitive org.jspecify;
  requires transitive io.vmkit.core;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires org.jnrproject.unixsocket;
}
