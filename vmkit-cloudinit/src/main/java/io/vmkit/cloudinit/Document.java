package io.vmkit.cloudinit;

import io.vmkit.cloudinit.schema.CloudConfigSchema;
import io.vmkit.cloudinit.schema.Finding;
import io.vmkit.cloudinit.schema.ValidationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What user-data or vendor-data are made of. The order counts: a user's own text comes first and
 * keeps what it says when the typed part is joined to it.
 *
 * @param text a user's own text, of any format that cloud-init knows
 * @param scripts shell scripts
 * @param typed the typed part
 */
record Document(Optional<String> text, List<ShellScript> scripts, Optional<UserData> typed) {
  /** The first words of other formats (cloudinit/handlers, INCLUSION_TYPES_MAP). */
  private static final List<String> OTHER_FORMATS =
      List.of(
          "#!",
          "#include",
          "#upstart-job",
          "#part-handler",
          "#cloud-boothook",
          "#cloud-config-archive",
          "#cloud-config-jsonp",
          "Content-Type:",
          "MIME-Version:");

  static final Document EMPTY = new Document(Optional.empty(), List.of(), Optional.empty());

  Document {
    scripts = List.copyOf(scripts);
  }

  boolean isEmpty() {
    return text.isEmpty() && scripts.isEmpty() && typed.isEmpty();
  }

  /** Whether a user's own text is all there is, so that it is the file itself. */
  boolean isTextAlone() {
    return text.isPresent() && scripts.isEmpty() && typed.isEmpty();
  }

  Document withTyped(UserData data) {
    return new Document(text, scripts, Optional.of(data));
  }

  /** The file. */
  String render() {
    if (scripts.isEmpty() && typed.isEmpty()) {
      return text.orElse("");
    }
    if (scripts.isEmpty() && text.isEmpty()) {
      return typed.map(UserData::toYaml).orElse("");
    }
    List<MimePart> parts = new ArrayList<>();
    text.ifPresent(own -> parts.add(MimePart.ofText(own)));
    scripts.forEach(script -> parts.add(MimePart.ofScript(script)));
    typed.ifPresent(data -> parts.add(MimePart.ofCloudConfig(data.render(true))));
    return MimePart.join(parts);
  }

  /** What of it the rules find wrong. Scripts and other formats have no rules. */
  ValidationResult validate(CloudConfigSchema schema) {
    List<Finding> errors = new ArrayList<>();
    List<Finding> warnings = new ArrayList<>();
    Stream.concat(text.filter(Document::hasRules).stream(), typed.map(UserData::toYaml).stream())
        .map(schema::validate)
        .forEach(
            result -> {
              errors.addAll(result.errors());
              warnings.addAll(result.warnings());
            });
    return new ValidationResult(errors, warnings);
  }

  /** Everything but the other formats that cloud-init tells by their first line. */
  private static boolean hasRules(String text) {
    return OTHER_FORMATS.stream().noneMatch(text::startsWith);
  }

  /** What the user's own text declares as users, if it is a cloud-config that does. */
  Optional<List<?>> usersInText() {
    return text.filter(own -> own.startsWith("#cloud-config"))
        .flatMap(Yaml::mapping)
        .map(tree -> tree.get("users"))
        .filter(List.class::isInstance)
        .map(users -> (List<?>) users);
  }

  /** Kinds of parts only; the texts hold secrets. */
  @Override
  public String toString() {
    return "Document[text " + text.isPresent() + ", " + scripts + ", " + typed + "]";
  }
}
