package io.vmkit.guest;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.DriverUnavailable;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.event.Subscription;
import java.time.Duration;

/** The guest agent answers: told by its connection, then asked once. */
final class AgentCondition implements Condition {
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** How long to trust that the connection's signal comes; then it is looked at again. */
  private static final Duration RECHECK = Duration.ofSeconds(5);

  @Override
  public void await(Guest guest, Watch watch) throws InterruptedException {
    try (Subscription<GuestSignal> signals = guest.link().signals()) {
      while (!answers(guest, watch)) {
        signals.next(RECHECK);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }

  private static boolean answers(Guest guest, Watch watch) {
    if (guest.link().agentConnectedAt().isEmpty()) {
      watch.saw("no guest agent has connected");
      return false;
    }
    try {
      guest.agentCommands().ping(ANSWER);
      return true;
    } catch (DeadlineExceeded | ProtocolFailure | DriverUnavailable e) {
      watch.saw(e.cameBack());
      return false;
    }
  }

  @Override
  public String toString() {
    return "agent";
  }
}
