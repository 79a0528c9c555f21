package io.vmkit.cloudinit.schema;

/** The text is not YAML that PyYAML's SafeLoader would construct. */
final class YamlFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Path path;
  private final transient Position position;

  YamlFault(Path path, Position position, String message) {
    super(message);
    this.path = path;
    this.position = position;
  }

  Finding finding() {
    return Finding.at(path, position, String.valueOf(getMessage()));
  }
}
