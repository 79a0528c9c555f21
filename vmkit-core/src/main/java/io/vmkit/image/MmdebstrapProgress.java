package io.vmkit.image;

import io.vmkit.progress.Progress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells from what mmdebstrap and the programs under it print how far an image has come. */
final class MmdebstrapProgress implements AutoCloseable {
  static final long TOTAL = 100;
  static final String UNIT = "%";

  /** A phase by what announces it, and how much of the whole time has gone by then. */
  private record Phase(String announcement, int percent, String note) {}

  private static final List<Phase> PHASES =
      List.of(
          new Phase("I: running apt-get update", 1, "reading package lists"),
          new Phase("I: downloading packages with apt", 7, "fetching packages"),
          new Phase("I: extracting archives", 14, "unpacking"),
          new Phase("I: installing essential packages", 20, "setting up the essential packages"),
          new Phase("I: installing remaining packages", 35, "setting up the other packages"),
          new Phase("I: running --customize-hook", 88, "making the disk"));

  private static final int INSTALLING = 35;
  private static final int INSTALLED = 88;
  private static final Pattern COUNT = Pattern.compile("\\d+ upgraded, (\\d+) newly installed.*");
  private static final Pattern ONE_MORE = Pattern.compile("(Unpacking|Setting up) .*");

  private final Progress.Task task;
  private int packages = 1;
  private int seen;
  private int percent;

  MmdebstrapProgress(Progress.Task task) {
    this.task = task;
  }

  /** Takes one line of output; called by one thread at a time. */
  synchronized void line(String line) {
    for (Phase phase : PHASES) {
      if (line.startsWith(phase.announcement())) {
        advance(phase.percent());
        task.note(phase.note());
      }
    }
    Matcher count = COUNT.matcher(line);
    if (count.matches()) {
      packages = Math.max(1, Integer.parseInt(count.group(1)));
      seen = 0;
    } else if (percent >= INSTALLING && ONE_MORE.matcher(line).matches()) {
      seen++;
      // Each package is named twice: when unpacked and when set up.
      advance(
          INSTALLING + (INSTALLED - INSTALLING) * Math.min(seen, 2 * packages) / (2 * packages));
    }
  }

  private void advance(int to) {
    if (to > percent) {
      percent = to;
      task.done(percent);
    }
  }

  @Override
  public synchronized void close() {
    task.close();
  }
}
