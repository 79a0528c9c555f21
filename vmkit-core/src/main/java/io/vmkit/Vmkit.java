package io.vmkit;

import io.vmkit.driver.DomainRef;
import io.vmkit.driver.Driver;
import io.vmkit.driver.Provisioner;
import io.vmkit.error.NotFound;
import io.vmkit.error.Unsupported;
import io.vmkit.plan.Plan;
import io.vmkit.plan.Uninterrupted;
import io.vmkit.progress.Progress;
import io.vmkit.spec.DomainSpec;
import io.vmkit.spec.Lifetime;
import java.util.List;
import java.util.Optional;

/**
 * The front door: machines of one driver. Thread-safe.
 *
 * <p>Closing it closes the driver: machines with {@code Lifetime.BOUND} are stopped and removed,
 * others go on.
 */
public final class Vmkit implements AutoCloseable {
  private final Driver driver;

  private Vmkit(Driver driver) {
    this.driver = driver;
  }

  /**
   * Opens a driver's machines.
   *
   * @param driver the driver, from now on owned by what is returned
   * @return the front door
   */
  public static Vmkit over(Driver driver) {
    return new Vmkit(driver);
  }

  /** {@return the driver behind it} */
  public Driver driver() {
    return driver;
  }

  /**
   * Plans a machine: the dry run. Changes nothing.
   *
   * @param spec what is wanted
   * @return the very steps that {@link #create} would carry out
   * @throws io.vmkit.error.InvalidSpec when it can never be made
   * @throws Unsupported when this driver cannot make it
   * @throws io.vmkit.error.HostLacks when this host cannot
   * @throws io.vmkit.error.AlreadyExists when the name is taken
   */
  public Plan plan(DomainSpec spec) {
    return provisioner(spec).planCreate(spec);
  }

  /**
   * Makes a machine. It is off afterwards; when making it fails nothing is left.
   *
   * @param spec what is wanted
   * @return the machine
   * @throws io.vmkit.error.InvalidSpec when it can never be made
   * @throws Unsupported when this driver cannot make it
   * @throws io.vmkit.error.HostLacks when this host cannot
   * @throws io.vmkit.error.AlreadyExists when the name is taken
   * @throws io.vmkit.error.StorageFault when its files cannot be written
   */
  public Vm create(DomainSpec spec) {
    plan(spec).run(Progress.none());
    DomainRef ref =
        driver
            .find(spec.name().value())
            .orElseThrow(
                () ->
                    new NotFound(
                        "create vm " + spec.name(), "somebody removed it at once", "try again"));
    return new Vm(driver, ref, spec.lifetime() == Lifetime.BOUND);
  }

  /**
   * Makes a machine and starts it; when either fails nothing is left.
   *
   * @param spec what is wanted
   * @return the machine, its processors running
   * @throws io.vmkit.error.MachineFailed when it does not come up, with the evidence
   */
  public Vm start(DomainSpec spec) {
    Vm vm = create(spec);
    try {
      return vm.start();
    } catch (RuntimeException | Error failure) {
      removeAfter(failure, vm);
      throw failure;
    }
  }

  private static void removeAfter(Throwable failure, Vm vm) {
    try {
      Uninterrupted.run(vm::delete);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * {@return the machine of that name, made by whichever JVM; empty when there is none}
   *
   * @param name its name
   */
  public Optional<Vm> find(String name) {
    return driver.find(name).map(ref -> new Vm(driver, ref, false));
  }

  /**
   * {@return the machine of that name}
   *
   * @param name its name
   * @throws NotFound when there is none
   */
  public Vm vm(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new NotFound(
                    "find vm " + name,
                    "driver " + driver.name() + " has no such machine",
                    "list() says what it has"));
  }

  /** {@return all machines of the driver, by name} */
  public List<Vm> list() {
    return driver.list().stream().map(ref -> new Vm(driver, ref, false)).toList();
  }

  private Provisioner provisioner(DomainSpec spec) {
    return driver
        .provisioner()
        .orElseThrow(
            () ->
                new Unsupported(
                    "create vm " + spec.name(),
                    driver.name(),
                    "provisioning",
                    "use a driver that makes machines, such as QemuDriver"));
  }

  @Override
  public void close() {
    driver.close();
  }
}
