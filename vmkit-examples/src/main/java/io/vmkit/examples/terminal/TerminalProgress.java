package io.vmkit.examples.terminal;

import io.vmkit.progress.Progress;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as bars with an estimate of the time left, on standard error. */
public final class TerminalProgress implements Progress {
  private static final int REDRAW_MILLIS = 200;

  /** Creates a progress for the terminal. */
  public TerminalProgress() {}

  @Override
  public Task begin(String name, OptionalLong total, String unit) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(total.orElse(-1))
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MILLIS);
    if (unit.equals("B")) {
      builder.setUnit(" MiB", 1L << 20);
    } else {
      builder.setUnit(" " + unit, 1);
    }
    return new Bar(builder.build());
  }

  private record Bar(ProgressBar bar) implements Task {
    @Override
    public void done(long units) {
      bar.stepTo(units);
    }

    @Override
    public void note(String line) {
      bar.setExtraMessage(" " + line);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
