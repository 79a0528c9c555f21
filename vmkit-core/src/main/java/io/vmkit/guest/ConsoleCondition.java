package io.vmkit.guest;

import io.vmkit.error.MachineFailed;
import io.vmkit.event.Subscription;
import java.time.Duration;
import java.util.regex.Pattern;

/** A line on the serial console matches. */
final class ConsoleCondition implements Condition {
  private static final Duration FOREVER = Duration.ofDays(365);

  private final Pattern pattern;

  ConsoleCondition(Pattern pattern) {
    this.pattern = pattern;
  }

  @Override
  public void await(Guest guest, Watch watch) throws InterruptedException {
    ConsoleHub console = guest.link().console();
    try (Subscription<ConsoleLine> lines =
        console.lines(
            line -> {
              watch.saw("'" + line.text() + "'");
              return pattern.matcher(line.text()).find();
            })) {
      if (lines.next(FOREVER).isEmpty()) {
        throw new MachineFailed(
            "wait for " + this, "the console ended", guest.link().evidence(), "", null);
      }
    }
  }

  @Override
  public String toString() {
    return "console line /" + pattern + "/";
  }
}
