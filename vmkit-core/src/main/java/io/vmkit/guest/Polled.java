package io.vmkit.guest;

import io.vmkit.error.VmkitException;
import io.vmkit.event.Subscription;
import java.time.Duration;

/** A condition that gives no sign when it comes true and is looked at again and again. */
abstract class Polled implements Condition {
  /** The pause between two looks. */
  static final Duration PAUSE = Duration.ofMillis(50);

  /** How long one look may take: a connection can hang for minutes across a guest's reboot. */
  static final Duration LOOK = Duration.ofSeconds(2);

  @Override
  public final void await(Guest guest, Watch watch) throws InterruptedException {
    try (Subscription<GuestSignal> signals = guest.link().signals()) {
      while (!look(guest, watch)) {
        // A signal of the guest's ends the pause early.
        signals.next(PAUSE);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }

  private boolean look(Guest guest, Watch watch) throws InterruptedException {
    try {
      return holds(guest, watch);
    } catch (NotYet e) {
      watch.saw(String.valueOf(e.getMessage()));
      return false;
    }
  }

  /**
   * Looks once, for at most {@link #LOOK}.
   *
   * @throws NotYet when the look itself failed in a way that may pass
   * @throws VmkitException when the condition can never hold
   */
  abstract boolean holds(Guest guest, Watch watch) throws NotYet, InterruptedException;

  /** A look failed in a way that may pass: no agent yet, connection refused. */
  static final class NotYet extends Exception {
    private static final long serialVersionUID = 1L;

    NotYet(String seen) {
      super(seen);
    }

    NotYet(VmkitException error) {
      super(error.cameBack(), error);
    }
  }
}
