package io.vmkit.driver;

import io.vmkit.event.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A hypervisor: its machines, their power and what happens to them. What only some can do is in
 * small interfaces beside this one. Implementations are thread-safe.
 *
 * <p>Closing a driver ends its connections and threads. Machines bound to it are stopped and
 * removed, others go on.
 */
public interface Driver extends AutoCloseable {
  /** {@return the driver's name in messages: {@code direct}, {@code libvirt}, {@code qmp}} */
  String name();

  /** {@return what this driver can do on this host} */
  Set<Capability> capabilities();

  /** {@return all machines, running or not, by name} */
  List<DomainRef> list();

  /**
   * {@return the machine of that name; empty when there is none}
   *
   * @param name its name
   */
  Optional<DomainRef> find(String name);

  /**
   * {@return a machine as it is now}
   *
   * @param ref which
   * @throws io.vmkit.error.NotFound when it does not exist any more
   */
  DomainInfo inspect(DomainRef ref);

  /**
   * Starts a machine. Returns when its processors run; what the guest then does is not waited for.
   * Interruptible.
   *
   * @param ref which
   * @throws io.vmkit.error.NotFound when it does not exist any more
   * @throws io.vmkit.error.IllegalVmState when it runs already
   * @throws io.vmkit.error.MachineFailed when it does not come up
   */
  void start(DomainRef ref);

  /**
   * Asks the guest by ACPI to shut down and returns at once.
   *
   * @param ref which
   * @throws io.vmkit.error.IllegalVmState when it does not run
   */
  void requestShutdown(DomainRef ref);

  /**
   * Takes a machine's power away and returns when it is off; does nothing when it is off already.
   * Unsaved data of the guest is lost.
   *
   * @param ref which
   * @throws io.vmkit.error.NotFound when it does not exist any more
   */
  void stop(DomainRef ref);

  /**
   * Waits until a machine has no power. Event-driven, interruptible.
   *
   * @param ref which
   * @param timeout how long to wait
   * @return whether it is off
   */
  boolean awaitStopped(DomainRef ref, Duration timeout);

  /**
   * Begins to collect events of the machines that this driver holds a connection to.
   *
   * @param filter which events are wanted
   * @return the subscription, to be closed by the caller
   */
  Subscription<DomainEvent> events(Predicate<? super DomainEvent> filter);

  /**
   * {@return the part that makes machines; empty when the driver lacks {@link
   * Capability#PROVISION}}
   */
  Optional<Provisioner> provisioner();

  /** {@return the ways into guests; empty when the driver lacks {@link Capability#GUEST_ACCESS}} */
  Optional<GuestAccess> guestAccess();

  @Override
  void close();
}
