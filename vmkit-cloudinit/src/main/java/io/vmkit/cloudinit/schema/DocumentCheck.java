package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a YAML text and holds it against a rule. */
final class DocumentCheck {
  private DocumentCheck() {}

  static ValidationResult run(String yaml, Set<Tag> textTags, Rule rule) {
    YamlReader.Document document;
    try {
      document = YamlReader.read(yaml, textTags);
    } catch (YamlFault fault) {
      return new ValidationResult(List.of(fault.finding()), List.of());
    }
    YamlValue root = document.root();
    if (root == null || root.kind() != Kind.MAP) {
      String found = root == null || root.kind() == Kind.NULL ? "nothing" : root.kind().noun();
      String message =
          "found " + found + " where a mapping belongs; write lines like hostname: web";
      return new ValidationResult(
          List.of(Finding.at(Path.ROOT, Position.START, message)), document.warnings());
    }
    Check check = new Check();
    rule.check(root, Path.ROOT, check);
    List<Finding> warnings = new ArrayList<>(document.warnings());
    warnings.addAll(check.warnings());
    return new ValidationResult(check.errors(), warnings);
  }
}
