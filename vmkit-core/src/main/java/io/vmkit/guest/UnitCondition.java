package io.vmkit.guest;

/** A systemd unit is active. */
final class UnitCondition extends Polled {
  private final String unit;

  UnitCondition(String unit) {
    this.unit = unit;
  }

  @Override
  boolean holds(Guest guest, Watch watch) throws NotYet {
    GuestResult result = AgentLook.into(guest).run("systemctl", "is-active", "--", unit);
    watch.saw("the unit is " + result.stdout().strip());
    return result.exitCode() == 0;
  }

  @Override
  public String toString() {
    return "unit " + unit;
  }
}
