/** The ground of vmkit: values, specs, plans, the driver SPI, images and guests. */
module io.vmkit.core {
  requires static transitive org.jspecify;
  requires java.net.http;
  requires org.slf4j;
  requires com.fasterxml.jackson.databind;
  requires org.apache.commons.exec;
  requires com.jcraft.jsch;

  exports io.vmkit;
  exports io.vmkit.driver;
  exports io.vmkit.error;
  exports io.vmkit.event;
  exports io.vmkit.guest;
  exports io.vmkit.host;
  exports io.vmkit.image;
  exports io.vmkit.network;
  exports io.vmkit.plan;
  exports io.vmkit.process;
  exports io.vmkit.progress;
  exports io.vmkit.spec;
  exports io.vmkit.state;
  exports io.vmkit.value;
}
