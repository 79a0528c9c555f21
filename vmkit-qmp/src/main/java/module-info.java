/** QMP and the guest agent as clients, and drivers that run QEMU without a daemon. */
module io.vmkit.qmp {
  requires static transitive org.jspecify;
  requires transitive io.vmkit.core;
  requires transitive com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires org.jnrproject.unixsocket;
  // jnr-ffi makes classes with it, but as an automatic module cannot say so.
  requires org.objectweb.asm;

  exports io.vmkit.qmp;
  exports io.vmkit.qmp.codec;
  exports io.vmkit.qmp.session;
  exports io.vmkit.qemu;

  provides io.vmkit.driver.DriverFactory with
      io.vmkit.qemu.QemuDriverFactory;
}
