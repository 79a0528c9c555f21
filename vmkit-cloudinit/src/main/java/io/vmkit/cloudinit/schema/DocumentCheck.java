package io.vmkit.cloudinit.schema;

import io.vmkit.cloudinit.schema.YamlValue.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a YAML text and hands its mapping to a check. */
final class DocumentCheck {
  private DocumentCheck() {}

  static ValidationResult run(String yaml, Set<Tag> textTags, BiConsumer<YamlValue, Check> rules) {
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
      return refused(message, document);
    }
    Check check = new Check();
    rules.accept(root, check);
    if (check.brokenOff()) {
      return refused("its aliases stand for too many values; write fewer of them", document);
    }
    List<Finding> warnings = new ArrayList<>(document.warnings());
    warnings.addAll(check.warnings());
    return new ValidationResult(check.errors(), warnings);
  }

  private static ValidationResult refused(String message, YamlReader.Document document) {
    return new ValidationResult(
        List.of(Finding.at(Path.ROOT, Position.START, message)), document.warnings());
  }
}
