package io.vmkit.guest;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.util.Arrays;
import java.util.Base64;

/** A list of known hosts that has one key only and learns no other. */
final class KnownHostKey implements HostKeyRepository {
  private final byte[] known;
  private volatile byte[] offered = new byte[0];

  KnownHostKey(byte[] known) {
    this.known = known.clone();
  }

  @Override
  public int check(String host, byte[] key) {
    offered = key.clone();
    return Arrays.equals(known, key) ? OK : CHANGED;
  }

  /** The key that the server showed last, as in a line of known_hosts. */
  String offered() {
    return Base64.getEncoder().encodeToString(offered);
  }

  @Override
  public HostKey[] getHostKey() {
    try {
      return new HostKey[] {new HostKey("guest", known)};
    } catch (JSchException e) {
      return new HostKey[0]; // A type that jsch has no number for; check() compares bytes.
    }
  }

  @Override
  public HostKey[] getHostKey(String host, String type) {
    return getHostKey();
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return "the guest's known key";
  }

  @Override
  public void add(HostKey hostKey, UserInfo userInfo) {
    throw new UnsupportedOperationException("the guest's key is known beforehand");
  }

  @Override
  public void remove(String host, String type) {
    throw new UnsupportedOperationException("the guest's key is known beforehand");
  }

  @Override
  public void remove(String host, String type, byte[] key) {
    throw new UnsupportedOperationException("the guest's key is known beforehand");
  }
}
