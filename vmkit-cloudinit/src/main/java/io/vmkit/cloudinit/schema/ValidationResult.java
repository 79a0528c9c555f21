package io.vmkit.cloudinit.schema;

import io.vmkit.error.InvalidSpec;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a check found.
 *
 * @param errors what cloud-init refuses; in the order of the document
 * @param warnings what cloud-init takes but ignores, deprecates or probably misunderstands
 */
public record ValidationResult(List<Finding> errors, List<Finding> warnings) {
  /**
   * Takes copies of the lists.
   *
   * @param errors what cloud-init refuses
   * @param warnings what deserves a second look
   */
  public ValidationResult {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /** {@return whether there is no error; warnings do not count} */
  public boolean isValid() {
    return errors.isEmpty();
  }

  /**
   * {@return this result, when it has no error}
   *
   * @throws InvalidSpec listing every error with its path
   */
  public ValidationResult orThrow() {
    if (isValid()) {
      return this;
    }
    String count = errors.size() == 1 ? "1 error" : errors.size() + " errors";
    throw new InvalidSpec(
        "validate the cloud-init document",
        errors.stream()
            .map(Finding::toString)
            .collect(Collectors.joining("\n  ", count + "\n  ", "")),
        "\nchange the document as said and validate it again");
  }
}
