package io.vmkit.guest;

/** One thing that can be waited for. {@code toString} says what it is, in a word or two. */
interface Condition {
  /**
   * Returns when the condition holds. Runs in a thread of its own and ends by interruption when the
   * wait is over.
   *
   * @param guest the guest
   * @param watch told what was seen last, for the evidence
   * @throws InterruptedException when nobody waits any more
   * @throws io.vmkit.error.VmkitException when the condition can never hold
   */
  void await(Guest guest, Watch watch) throws InterruptedException;
}
