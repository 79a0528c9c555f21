/** The ground of vmkit: values, specs, plans, the driver SPI, images and guests. */
module io.vmkit.core {
  requires static transitive org.jspecify;
  requires org.slf4j;
  requires com.fasterxml.jackson.databind;
  requires org.apache.commons.exec;
  requires com.jcraft.jsch;

  exports io.vmkit.error;
  exports io.vmkit.value;
  exports io.vmkit.spec;
  exports io.vmkit.guest;
}
