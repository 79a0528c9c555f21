package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Field;
import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Rules of our own for network-config documents, version 1 and 2. cloud-init 22.4.2 has none: it
 * fails at boot, when nobody can log in to see why. Immutable and free to share between threads.
 *
 * <p>An error is what cloud-init's parser, or netplan behind it, fails on; a key that is not known
 * here is a warning, since netplan knows many.
 */
public final class NetworkConfigSchema {
  private static final String RULES = "network-config.rules.yaml";
  private static final CloudInitVersion ANY = CloudInitVersion.of("22.4.2");

  private final Map<Integer, Rule> versions =
      Map.of(1, RuleFile.read(RULES, "v1", ANY), 2, RuleFile.read(RULES, "v2", ANY));

  private NetworkConfigSchema() {}

  /** {@return the rules; reading them takes some milliseconds, so keep them} */
  public static NetworkConfigSchema load() {
    return new NetworkConfigSchema();
  }

  /**
   * {@return what is wrong with a document}
   *
   * @param document the network-config, with or without the key {@code network} around it
   */
  public ValidationResult validate(String document) {
    return DocumentCheck.run(document, Set.of(Tag.STR), this::check);
  }

  private void check(YamlValue root, Check check) {
    Field wrapped = root.fields().get("network");
    YamlValue network = wrapped == null ? root : wrapped.value();
    Path path = wrapped == null ? Path.ROOT : Path.ROOT.field("network");
    if (network.kind() != Kind.MAP) {
      check.error(path, network.position(), "found " + network.kind().noun() + ", write a mapping");
      return;
    }
    Field config = network.fields().get("config");
    if (config != null && config.value().text().equals("disabled")) {
      return;
    }
    Field version = network.fields().get("version");
    Rule rule = version == null ? null : ruleOf(version.value());
    if (rule == null) {
      check.error(
          path,
          version == null ? network.position() : version.value().position(),
          "write version: 2, or version: 1 with a list under config");
    } else {
      rule.check(network, path, check);
    }
  }

  private @Nullable Rule ruleOf(YamlValue version) {
    return version.kind() == Kind.INT ? versions.get((int) version.number()) : null;
  }
}
