package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Field;
import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a resource file, as they stand in one release of cloud-init. A rule that does not
 * hold in that release leaves no trace. The notation is explained in the file of cloud-config.
 */
final class RuleFile {
  private final String resource;
  private final YamlValue root;
  private final RuleExpression expressions;
  private final RuleMapping mappings;
  private final Map<String, Rule> shapes = new HashMap<>();

  private RuleFile(String resource, YamlValue root, CloudInitVersion version) {
    this.resource = resource;
    this.root = root;
    this.expressions = new RuleExpression(this, version);
    this.mappings = new RuleMapping(this, version);
  }

  /** {@return the rule under the key of that name in a resource of this package} */
  static Rule read(String resource, String section, CloudInitVersion version) {
    try (InputStream in = RuleFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the jar");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      YamlValue root = YamlReader.read(text).root();
      if (root == null) {
        throw new IllegalStateException(resource + " is empty");
      }
      RuleFile file = new RuleFile(resource, root, version);
      return file.rule(file.in(root, section)).orElseThrow();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(resource, unreadable);
    } catch (YamlFault fault) {
      throw new IllegalStateException(resource + ": " + fault.finding(), fault);
    }
  }

  /** {@return the rule, unless it does not hold in this release} */
  Optional<Rule> rule(YamlValue described) {
    return parse(described).rule();
  }

  /** {@return the rule, and whether this release requires the key that it describes} */
  RuleExpression.Parsed parse(YamlValue described) {
    return switch (described.kind()) {
      case TEXT -> expressions.parse(described.text());
      case FLAG -> expressions.parse(described.text());
      case LIST -> new RuleExpression.Parsed(alternatives(described.items()), false);
      case MAP -> new RuleExpression.Parsed(mappings.read(described), false);
      default -> throw new IllegalStateException(resource + ": " + described);
    };
  }

  private Optional<Rule> alternatives(List<YamlValue> described) {
    List<Rule> rules = new ArrayList<>();
    for (YamlValue each : described) {
      rule(each).ifPresent(rules::add);
    }
    return RuleExpression.oneOf(rules);
  }

  Rule shape(String name) {
    Rule known = shapes.get(name);
    if (known == null) {
      known = rule(in(in(root, "shapes"), name)).orElseThrow();
      shapes.put(name, known);
    }
    return known;
  }

  TextForm form(String name) {
    TextForm builtIn = TextForm.BUILT_IN.get(name);
    if (builtIn != null) {
      return builtIn;
    }
    List<YamlValue> parts = in(in(root, "forms"), name).items();
    return TextForm.matching(parts.get(0).text(), parts.get(1).text());
  }

  private YamlValue in(YamlValue map, String key) {
    Field field = map.kind() == Kind.MAP ? map.fields().get(key) : null;
    if (field == null) {
      throw new IllegalStateException(resource + " has no " + key);
    }
    return field.value();
  }
}
