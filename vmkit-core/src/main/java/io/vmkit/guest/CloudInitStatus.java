package io.vmkit.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vmkit.error.NotFound;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How cloud-init did, by the files it leaves in {@code /run/cloud-init}: the command {@code
 * cloud-init status} says the same and costs seconds in an emulated guest.
 *
 * @param outcome how it ended
 * @param datasource where it found its seed; empty when it did not say
 * @param errors what failed for good
 * @param recoverableErrors what it warned of and went on
 */
public record CloudInitStatus(
    Outcome outcome, String datasource, List<String> errors, List<String> recoverableErrors) {
  static final String RESULT_FILE = "/run/cloud-init/result.json";
  static final String STATUS_FILE = "/run/cloud-init/status.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How cloud-init can end. */
  public enum Outcome {
    /** Everything went well. */
    DONE,
    /** It finished, with recoverable errors. */
    DEGRADED,
    /** A module or stage failed. */
    ERROR
  }

  /**
   * Copies the lists.
   *
   * @param outcome how it ended
   * @param datasource where it found its seed
   * @param errors what failed for good
   * @param recoverableErrors what it warned of and went on
   */
  public CloudInitStatus {
    errors = List.copyOf(errors);
    recoverableErrors = List.copyOf(recoverableErrors);
  }

  /** Reads the two files by a shell; empty as long as they are not there. */
  static Optional<CloudInitStatus> readBy(GuestShell shell) {
    try {
      return Optional.of(
          parse(
              new String(shell.readFile(RESULT_FILE), StandardCharsets.UTF_8),
              new String(shell.readFile(STATUS_FILE), StandardCharsets.UTF_8)));
    } catch (NotFound | JsonProcessingException e) {
      return Optional.empty(); // Not yet written, or half.
    }
  }

  /**
   * Reads the two files. Versions before 23.4 know no recoverable errors.
   *
   * @param resultJson the content of {@code result.json}, which exists once cloud-init has finished
   * @param statusJson the content of {@code status.json}; empty when it cannot be had
   * @return the status
   * @throws JsonProcessingException when either is no JSON, as while it is being written
   */
  static CloudInitStatus parse(String resultJson, String statusJson)
      throws JsonProcessingException {
    JsonNode result = JSON.readTree(resultJson).path("v1");
    List<String> errors = new ArrayList<>();
    result.path("errors").forEach(error -> errors.add(error.asText()));
    List<String> recoverable = new ArrayList<>();
    JsonNode stages = JSON.readTree(statusJson.isEmpty() ? "{}" : statusJson).path("v1");
    for (JsonNode stage : stages) {
      for (JsonNode bySeverity : stage.path("recoverable_errors")) {
        bySeverity.forEach(error -> recoverable.add(error.asText()));
      }
    }
    Outcome outcome =
        !errors.isEmpty() ? Outcome.ERROR : recoverable.isEmpty() ? Outcome.DONE : Outcome.DEGRADED;
    return new CloudInitStatus(outcome, result.path("datasource").asText(), errors, recoverable);
  }
}
