package io.vmkit.guest;

import io.vmkit.error.Evidence;
import io.vmkit.error.StorageFault;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The output of one run: keeps the end of both streams and passes all on to a sink. */
final class CapturedOutput {
  private final GuestCommand command;
  private final @Nullable OutputSink sink;
  private final ByteTail out;
  private final ByteTail err;

  CapturedOutput(GuestCommand command, @Nullable OutputSink sink) {
    this.command = command;
    this.sink = sink;
    this.out = new ByteTail(command.outputLimit());
    this.err = new ByteTail(command.outputLimit());
  }

  void stdout(byte[] bytes) {
    if (bytes.length > 0) {
      out.add(bytes);
      passOn(target -> target.stdout(bytes));
    }
  }

  void stderr(byte[] bytes) {
    if (bytes.length > 0) {
      err.add(bytes);
      passOn(target -> target.stderr(bytes));
    }
  }

  private interface Delivery {
    void to(OutputSink sink) throws IOException;
  }

  private void passOn(Delivery delivery) {
    if (sink == null) {
      return;
    }
    try {
      delivery.to(sink);
    } catch (IOException e) {
      throw new StorageFault(
          "pass on the output of " + command, String.valueOf(e.getMessage()), "mend the sink", e);
    }
  }

  GuestResult ended(int exitCode) {
    passOn(OutputSink::end);
    return new GuestResult(command.toString(), exitCode, out.text(), err.text());
  }

  Evidence evidence() {
    return Evidence.none().with("its output", out.text()).with("its errors", err.text());
  }
}
