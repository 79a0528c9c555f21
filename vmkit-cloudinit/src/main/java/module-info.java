/** What a guest reads at its first boot: cloud-init seeds and ISO images. */
module io.vmkit.cloudinit {
  requires static transitive org.jspecify;
  requires transitive io.vmkit.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires org.yaml.snakeyaml;

  exports io.vmkit.cloudinit;
  exports io.vmkit.cloudinit.iso;
  exports io.vmkit.cloudinit.schema;
}
