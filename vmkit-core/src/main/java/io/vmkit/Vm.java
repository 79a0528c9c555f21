package io.vmkit;

import io.vmkit.driver.DomainEvent;
import io.vmkit.driver.DomainInfo;
import io.vmkit.driver.DomainRef;
import io.vmkit.driver.DomainState;
import io.vmkit.driver.Driver;
import io.vmkit.driver.GuestAccess;
import io.vmkit.driver.Provisioner;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Unsupported;
import io.vmkit.event.Subscription;
import io.vmkit.guest.BootTimeline;
import io.vmkit.guest.ConsoleHub;
import io.vmkit.guest.Guest;
import io.vmkit.guest.GuestLink;
import io.vmkit.guest.GuestShell;
import io.vmkit.guest.Ready;
import io.vmkit.guest.SshConfig;
import io.vmkit.plan.Uninterrupted;
import io.vmkit.progress.Progress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A live machine. Thread-safe.
 *
 * <p>Closing the handle closes its shells; a machine with {@code Lifetime.BOUND} that this JVM made
 * is stopped and removed then, any other goes on.
 */
public final class Vm implements AutoCloseable {
  private final Driver driver;
  private final DomainRef ref;
  private final boolean bound;
  private @Nullable Guest guest;
  private @Nullable GuestLink link;

  Vm(Driver driver, DomainRef ref, boolean bound) {
    this.driver = driver;
    this.ref = ref;
    this.bound = bound;
  }

  /** {@return its name} */
  public String name() {
    return ref.name();
  }

  /** {@return which machine it is, for calls to the driver} */
  public DomainRef ref() {
    return ref;
  }

  /**
   * {@return the machine as it is now}
   *
   * @throws io.vmkit.error.NotFound when it has been removed
   */
  public DomainInfo inspect() {
    return driver.inspect(ref);
  }

  /**
   * {@return what it is doing}
   *
   * @throws io.vmkit.error.NotFound when it has been removed
   */
  public DomainState state() {
    return inspect().state();
  }

  /**
   * Gives it power. Returns when its processors run; use {@link #await} for what the guest then
   * does.
   *
   * @return this machine
   * @throws io.vmkit.error.IllegalVmState when it runs already
   * @throws io.vmkit.error.MachineFailed when it does not come up, with the evidence
   */
  public Vm start() {
    driver.start(ref);
    return this;
  }

  /**
   * Waits until a condition holds. Interruptible.
   *
   * @param condition what to wait for
   * @return this machine
   * @throws DeadlineExceeded when it does not hold in time, with the evidence
   * @throws io.vmkit.error.MachineFailed when the machine dies meanwhile, with the evidence
   */
  public Vm await(Ready condition) {
    guest().await(condition);
    return this;
  }

  /**
   * Shuts it down softly: asks the guest by ACPI and waits until it is off. Does nothing when it is
   * off already. Interruptible.
   *
   * @param timeout how long the guest may take
   * @throws DeadlineExceeded when the guest does not follow; the machine then still runs
   */
  public void shutdown(Duration timeout) {
    if (state() == DomainState.STOPPED) {
      return;
    }
    driver.requestShutdown(ref);
    if (!driver.awaitStopped(ref, timeout)) {
      throw new DeadlineExceeded(
          "shut down vm " + name(),
          "the guest still ran after " + timeout.toSeconds() + " s",
          access().evidence(ref),
          "call stop() to take its power away",
          null);
    }
  }

  /**
   * Takes its power away. Does nothing when it is off already; unsaved data of the guest is lost.
   */
  public void stop() {
    driver.stop(ref);
  }

  /**
   * Stops it and removes it with all that is its own. Images and files of the caller's are kept.
   */
  public void delete() {
    closeGuest();
    Provisioner provisioner =
        driver
            .provisioner()
            .orElseThrow(
                () ->
                    new Unsupported(
                        "delete vm " + name(),
                        driver.name(),
                        "provisioning",
                        "remove it where it was made"));
    provisioner.planDelete(ref).run(Progress.none());
  }

  /**
   * {@return the inside of the machine; a new one after each start}
   *
   * @throws io.vmkit.error.IllegalVmState when it does not run
   */
  public synchronized Guest guest() {
    GuestLink current = access().guest(ref);
    if (guest == null || link != current) {
      closeGuest();
      link = current;
      guest = Guest.over(current);
    }
    return guest;
  }

  /** {@return a shell by the guest agent, see {@link Guest#agent()}} */
  public GuestShell agent() {
    return guest().agent();
  }

  /** {@return a shell by SSH, see {@link Guest#ssh()}} */
  public GuestShell ssh() {
    return guest().ssh();
  }

  /** {@return settings for people's own ssh, see {@link Guest#sshConfig()}} */
  public SshConfig sshConfig() {
    return guest().sshConfig();
  }

  /** {@return its serial console} */
  public ConsoleHub console() {
    return guest().console();
  }

  /** {@return what it reached when on its way up} */
  public BootTimeline timeline() {
    return guest().timeline();
  }

  /** {@return its events from now on, to be closed by the caller} */
  public Subscription<DomainEvent> events() {
    return driver.events(event -> event.ref().equals(ref));
  }

  private GuestAccess access() {
    return driver
        .guestAccess()
        .orElseThrow(
            () ->
                new Unsupported(
                    "enter vm " + name(), driver.name(), "guest access", "use another driver"));
  }

  private synchronized void closeGuest() {
    if (guest != null) {
      guest.close();
      guest = null;
      link = null;
    }
  }

  @Override
  public void close() {
    closeGuest();
    if (bound) {
      Uninterrupted.run(this::deleteIfThere);
    }
  }

  private void deleteIfThere() {
    if (driver.find(ref.name()).filter(ref::equals).isPresent()) {
      delete();
    }
  }

  /** {@return its name} */
  @Override
  public String toString() {
    return "vm " + ref.name();
  }
}
