package io.vmkit.spec;

/**
 * Something that can tell a new guest who it is: cloud-init's NoCloud disk, or another system's
 * first-boot medium. Implementations are immutable and may be used for many machines.
 */
@FunctionalInterface
public interface SeedSource {
  /**
   * Makes the seed of one machine. Pure: the same source and context give the same seed.
   *
   * @param context what vmkit knows about the machine
   * @return the seed
   * @throws io.vmkit.error.InvalidSpec when the guest would not understand what this source says
   */
  SeedImage seedFor(SeedContext context);
}
