package io.vmkit.guest;

/** A file can be opened in the guest. */
final class FileCondition extends Polled {
  private final String path;

  FileCondition(String path) {
    this.path = path;
  }

  @Override
  boolean holds(Guest guest, Watch watch) throws NotYet {
    if (AgentLook.into(guest).exists(path)) {
      return true;
    }
    watch.saw("it cannot be opened");
    return false;
  }

  @Override
  public String toString() {
    return "file " + path;
  }
}
