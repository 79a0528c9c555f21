package io.vmkit.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vmkit.error.Evidence;
import io.vmkit.error.MachineFailed;
import java.util.Optional;

/** cloud-init has finished well, or well enough. */
final class CloudInitCondition extends Polled {
  private static final String DISABLED_FILE = "/run/cloud-init/disabled";

  @Override
  boolean holds(Guest guest, Watch watch) throws NotYet {
    AgentLook look = AgentLook.into(guest);
    Optional<String> result = look.file(CloudInitStatus.RESULT_FILE);
    if (result.isEmpty()) {
      if (look.exists(DISABLED_FILE)) {
        throw disabled(guest);
      }
      watch.saw("it has not finished");
      return false;
    }
    try {
      String stages = look.file(CloudInitStatus.STATUS_FILE).orElse("");
      return judge(guest, CloudInitStatus.parse(result.get(), stages));
    } catch (JsonProcessingException e) {
      throw new NotYet("its result is not yet written");
    }
  }

  private static boolean judge(Guest guest, CloudInitStatus status) {
    if (status.outcome() == CloudInitStatus.Outcome.ERROR) {
      throw new MachineFailed(
          "wait for cloud-init in " + guest.link().name(),
          "it ended in error",
          Evidence.none()
              .with("cloud-init", String.join("\n", status.errors()))
              .and(guest.link().evidence()),
          "read /var/log/cloud-init.log in the guest",
          null);
    }
    return true;
  }

  private static MachineFailed disabled(Guest guest) {
    return new MachineFailed(
        "wait for cloud-init in " + guest.link().name(),
        "it disabled itself at boot: it found no seed",
        guest.link().evidence(),
        "give the spec a seed, on a disk that the guest's kernel has a driver for",
        null);
  }

  @Override
  public String toString() {
    return "cloud-init";
  }
}
