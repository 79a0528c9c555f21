package io.vmkit.driver;

import io.vmkit.error.Evidence;
import io.vmkit.guest.GuestLink;

/** The part of a driver that leads into running machines. Thread-safe. */
public interface GuestAccess {
  /**
   * {@return the ways into a running machine; the same object as long as it runs}
   *
   * @param ref which machine
   * @throws io.vmkit.error.NotFound when it does not exist any more
   * @throws io.vmkit.error.IllegalVmState when it does not run
   * @throws io.vmkit.error.DriverUnavailable when another process holds its sockets
   */
  GuestLink guest(DomainRef ref);

  /**
   * {@return what the host knows about a machine that fails: QEMU's words, the end of its console}
   *
   * @param ref which machine, running or not
   */
  Evidence evidence(DomainRef ref);
}
