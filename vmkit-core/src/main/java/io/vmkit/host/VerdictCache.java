package io.vmkit.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vmkit.state.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verdicts of one boot of the host, by QEMU binary. A file that is damaged, of another boot or
 * of another build of the binary counts as none.
 *
 * <pre>
 * {"boot": "BOOT-ID", "verdicts": {"/usr/bin/qemu-system-x86_64": {"size": 1, "modified": 2,
 *   "kind": "TCG", "reason": "…", "tcgMillis": 220, "kvmMillis": null}}}
 * </pre>
 */
final class VerdictCache {
  private static final Logger LOG = LoggerFactory.getLogger(VerdictCache.class);

  private final Path file;
  private final String boot;

  VerdictCache(Path file, String boot) {
    this.file = file;
    this.boot = boot;
  }

  /** {@return the verdict for that very binary; empty when there is none} */
  Optional<Accelerator> find(Path qemu) {
    JsonNode entry = ofThisBoot().path("verdicts").path(qemu.toString());
    Build build = Build.of(qemu);
    boolean same =
        entry.path("size").asLong(-1) == build.size()
            && entry.path("modified").asLong(-1) == build.modified();
    return same ? verdict(entry) : Optional.empty();
  }

  /** Adds a verdict to those of this boot; the caller keeps others from writing. */
  void keep(Path qemu, Accelerator verdict) {
    ObjectNode all = ofThisBoot();
    Build build = Build.of(qemu);
    ObjectNode entry =
        all.put("boot", boot).withObjectProperty("verdicts").putObject(qemu.toString());
    entry.put("size", build.size()).put("modified", build.modified());
    entry.put("kind", verdict.kind().name()).put("reason", verdict.reason());
    entry.put("tcgMillis", verdict.tcgTime().map(Duration::toMillis).orElse(null));
    entry.put("kvmMillis", verdict.kvmTime().map(Duration::toMillis).orElse(null));
    DurableFiles.replace(file, "rw-r--r--", all + "\n");
  }

  private ObjectNode ofThisBoot() {
    try {
      JsonNode content = JsonTree.read(Files.readAllBytes(file));
      if (content instanceof ObjectNode object
          && boot.equals(object.path("boot").asText())
          && object.path("verdicts").isObject()) {
        return object;
      }
    } catch (NoSuchFileException e) {
      return JsonNodeFactory.instance.objectNode(); // The first probe.
    } catch (JsonProcessingException e) {
      LOG.warn("{} is damaged and will be written anew: {}", file, e.getOriginalMessage());
    } catch (IOException e) {
      throw DurableFiles.fault("read " + file, e);
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private static Optional<Accelerator> verdict(JsonNode entry) {
    return Arrays.stream(Accelerator.Kind.values())
        .filter(kind -> kind.name().equals(entry.path("kind").asText()))
        .findFirst()
        .map(
            kind ->
                new Accelerator(
                    kind,
                    entry.path("reason").asText(),
                    Optional.empty(),
                    millis(entry.path("tcgMillis")),
                    millis(entry.path("kvmMillis"))));
  }

  private static Optional<Duration> millis(JsonNode node) {
    return node.isIntegralNumber()
        ? Optional.of(Duration.ofMillis(node.asLong()))
        : Optional.empty();
  }

  /** What tells one build of a binary from another. */
  private record Build(long size, long modified) {
    static Build of(Path binary) {
      try {
        return new Build(Files.size(binary), Files.getLastModifiedTime(binary).toMillis());
      } catch (IOException e) {
        throw DurableFiles.fault("look at " + binary, e);
      }
    }
  }
}
