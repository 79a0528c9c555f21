package io.vmkit.guest;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.error.VmkitException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Makes logged-in SSH sessions: one known host key, one client key, nothing else tried. */
final class SshLogin {
  /** Cheap for a guest under emulation first; all of them are in any OpenSSH since 6.5. */
  private static final String KEY_EXCHANGES =
      "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,"
          + "diffie-hellman-group14-sha256,diffie-hellman-group16-sha512";

  private static final String CIPHERS =
      "aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes256-ctr";

  /** A guest that answers none of {@link #KEEP_ALIVES} questions is gone. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  private static final int KEEP_ALIVES = 2;

  private final SshEndpoint endpoint;
  private final KnownHostKey hostKey;

  SshLogin(SshEndpoint endpoint) {
    this.endpoint = endpoint;
    this.hostKey = new KnownHostKey(endpoint.hostKeyBlob());
  }

  String attempted() {
    return "connect by SSH to " + endpoint.address();
  }

  /** A session not yet connected, so that it can be given up from another thread. */
  Session prepare() throws JSchException {
    JSch jsch = new JSch();
    jsch.addIdentity(
        endpoint.user(),
        endpoint.clientKey().privateKey().getBytes(StandardCharsets.UTF_8),
        endpoint.clientKey().publicKey().getBytes(StandardCharsets.UTF_8),
        null);
    Session session = jsch.getSession(endpoint.user(), endpoint.host(), endpoint.port());
    session.setHostKeyRepository(hostKey);
    session.setConfig("StrictHostKeyChecking", "yes");
    session.setConfig("PreferredAuthentications", "publickey");
    session.setConfig("kex", KEY_EXCHANGES);
    session.setConfig("cipher.s2c", CIPHERS);
    session.setConfig("cipher.c2s", CIPHERS);
    session.setConfig("server_host_key", algorithms(endpoint.hostKeyType()));
    session.setDaemonThread(true);
    session.setServerAliveInterval((int) KEEP_ALIVE.toMillis());
    session.setServerAliveCountMax(KEEP_ALIVES);
    return session;
  }

  /** An RSA key signs with SHA-2 (RFC 8332); the others have one algorithm of the same name. */
  private static String algorithms(String keyType) {
    return keyType.equals("ssh-rsa") ? "rsa-sha2-512,rsa-sha2-256" : keyType;
  }

  /** Says what a failed login means. */
  VmkitException refusal(Exception e) {
    if (e instanceof JSchHostKeyException) {
      return new ProtocolFailure(
          attempted(),
          "",
          "the host key differs: the guest's is "
              + endpoint.hostKey()
              + ", the server showed "
              + hostKey.offered(),
          "another machine answers at this address, or the guest's key was replaced",
          e);
    }
    if (e instanceof JSchAlgoNegoFailException) {
      return new ProtocolFailure(
          attempted(),
          "",
          "no algorithm in common, host key " + endpoint.hostKeyType() + " wanted: " + said(e),
          "check the guest's sshd_config and its host keys",
          e);
    }
    if (said(e).startsWith("Auth ")) {
      return new PeerRefused(
          attempted(),
          "publickey",
          "the key was not accepted: " + said(e),
          "put this line into the user's authorized_keys: " + endpoint.clientKey().publicKey());
    }
    return new ProtocolFailure(
        attempted(), "", said(e), "check that sshd runs in the guest and the port is right", e);
  }

  static String said(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
