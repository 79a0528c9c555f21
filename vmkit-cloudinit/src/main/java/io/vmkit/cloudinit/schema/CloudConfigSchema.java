package io.vmkit.cloudinit.schema;

import io.vmkit.error.InvalidSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The rules that one release of cloud-init has for cloud-config documents. Immutable and free to
 * share between threads; making one reads the rules (some milliseconds), so keep it.
 *
 * <p>Errors are what {@code cloud-init schema} of that release refuses. Warnings are keys it does
 * not know and ignores, deprecated ways of writing, repeated keys, and addresses that look broken.
 * One thing differs: a jinja template is never refused for being one, since cloud-init renders it
 * at boot, but it is checked only when it holds no expression.
 */
public final class CloudConfigSchema {
  private static final String RULES = "cloud-config.rules.yaml";
  private static final CloudInitVersion OLDEST = CloudInitVersion.of("22.4.2");
  private static final CloudInitVersion STRICT_TAGS = CloudInitVersion.of("24.2");
  private static final CloudInitVersion NEWEST = CloudInitVersion.of("26.2");

  private final CloudInitVersion version;
  private final Set<Tag> textTags;
  private final Rule config;

  private CloudConfigSchema(CloudInitVersion version) {
    this.version = version;
    this.textTags =
        version.isBefore(STRICT_TAGS) ? Set.of(Tag.STR, YamlReader.PYTHON_2_TEXT) : Set.of(Tag.STR);
    this.config = RuleFile.read(RULES, "config", version);
  }

  /**
   * {@return the rules of a release; those of the newest known one for a release newer still}
   *
   * @param version the cloud-init inside the image, 22.4.2 or later
   * @throws InvalidSpec when the release is older than the rules reach
   */
  public static CloudConfigSchema forVersion(CloudInitVersion version) {
    if (version.isBefore(OLDEST)) {
      throw new InvalidSpec(
          "load the rules of cloud-init " + version,
          "they are known from " + OLDEST + " on",
          "validate against " + OLDEST + " or pass the document without validation");
    }
    return new CloudConfigSchema(version);
  }

  /** {@return the rules of the newest release that is known here} */
  public static CloudConfigSchema latest() {
    return new CloudConfigSchema(NEWEST);
  }

  /** {@return the release whose rules these are} */
  public CloudInitVersion version() {
    return version;
  }

  /**
   * {@return what cloud-init would say about a document; nothing found means it takes it}
   *
   * @param document the user-data or vendor-data, its {@code #cloud-config} line included
   */
  public ValidationResult validate(String document) {
    Header.Verdict header = Header.read(document, version);
    List<Finding> errors = new ArrayList<>();
    List<Finding> warnings = new ArrayList<>();
    if (header.error() != null) {
      errors.add(header.error());
    }
    if (header.warning() != null) {
      warnings.add(header.warning());
    }
    if (header.body() != null) {
      ValidationResult body =
          DocumentCheck.run(
              header.body(), textTags, (root, check) -> config.check(root, Path.ROOT, check));
      body.errors().forEach(each -> errors.add(each.movedDownBy(header.skippedLines())));
      body.warnings().forEach(each -> warnings.add(each.movedDownBy(header.skippedLines())));
    }
    return new ValidationResult(errors, warnings);
  }
}
