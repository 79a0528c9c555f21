package io.vmkit.driver;

import io.vmkit.plan.Plan;
import io.vmkit.spec.DomainSpec;

/** The part of a driver that makes and removes machines. Thread-safe. */
public interface Provisioner {
  /**
   * Plans a machine. Changes nothing; what cannot be made fails here.
   *
   * @param spec what is wanted
   * @return the steps; after their run the machine exists and is off
   * @throws io.vmkit.error.InvalidSpec when it can never be made
   * @throws io.vmkit.error.Unsupported when this driver cannot make it
   * @throws io.vmkit.error.HostLacks when this host cannot
   * @throws io.vmkit.error.AlreadyExists when the name is taken
   */
  Plan planCreate(DomainSpec spec);

  /**
   * Plans the removal of a machine with all that is its own: it is stopped first, images and files
   * of the caller's are kept.
   *
   * @param ref which
   * @return the steps
   * @throws io.vmkit.error.NotFound when it does not exist any more
   */
  Plan planDelete(DomainRef ref);
}
