package io.vmkit.guest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When a machine reached what on its way up, read from its driver, its console, its agent and the
 * conditions that were waited for.
 *
 * @param startedAt when the start began
 * @param marks what was reached, in order of time
 */
public record BootTimeline(Instant startedAt, List<Mark> marks) {
  private static final Pattern KERNEL = Pattern.compile("Linux version (\\S+)");
  private static final Pattern CLOUD_INIT =
      Pattern.compile("Cloud-init v\\. \\S+ (running '([^']+)'|(finished))");

  /**
   * Something was reached.
   *
   * @param name what
   * @param at when
   */
  public record Mark(String name, Instant at) {}

  /**
   * Copies the marks.
   *
   * @param startedAt when the start began
   * @param marks what was reached
   */
  public BootTimeline {
    marks = List.copyOf(marks);
  }

  static BootTimeline of(GuestLink link, List<Mark> met) {
    List<Mark> marks = new ArrayList<>(met);
    link.poweredAt().ifPresent(at -> marks.add(new Mark("QEMU up", at)));
    link.agentConnectedAt().ifPresent(at -> marks.add(new Mark("agent connected", at)));
    Set<String> seen = new HashSet<>();
    for (ConsoleLine line : link.console().history()) {
      named(line.text()).filter(seen::add).ifPresent(name -> marks.add(new Mark(name, line.at())));
    }
    marks.sort(Comparator.comparing(Mark::at));
    return new BootTimeline(link.startedAt(), marks);
  }

  private static Optional<String> named(String line) {
    Matcher kernel = KERNEL.matcher(line);
    if (kernel.find()) {
      return Optional.of("kernel " + kernel.group(1));
    }
    Matcher cloudInit = CLOUD_INIT.matcher(line);
    if (cloudInit.find()) {
      String stage = cloudInit.group(2);
      return Optional.of("cloud-init " + (stage == null ? "finished" : stage));
    }
    return Optional.empty();
  }

  /**
   * {@return the time from the start to a mark}
   *
   * @param mark one of the marks
   */
  public Duration sinceStart(Mark mark) {
    return Duration.between(startedAt, mark.at());
  }

  /** {@return one line a mark: milliseconds since the start, and what was reached} */
  @Override
  public String toString() {
    return marks.stream()
        .map(
            mark ->
                String.format(Locale.ROOT, "%8d ms  %s", sinceStart(mark).toMillis(), mark.name()))
        .collect(Collectors.joining("\n"));
  }
}
