package io.vmkit.guest;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.ProtocolFailure;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One SSH session that is made again when it was lost, and the channels on it. Thread-safe. */
final class SshConnection implements AutoCloseable {
  /** After this time unused, a session is tried with a harmless command before it is used. */
  private static final Duration IDLE = Duration.ofSeconds(15);

  /** A guest that opens no channel for so long is gone. */
  private static final Duration CHANNEL_LIMIT = Duration.ofSeconds(10);

  /**
   * sshd allows 10 channels a session (MaxSessions) and counts those just closed until it has taken
   * all input that waits: as many again in a slow guest. Two stay free to kill programs.
   */
  private static final int CHANNELS = 4;

  private final SshLogin login;
  private final ExecutorService workers;
  private final Semaphore places = new Semaphore(CHANNELS, true);
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Session session;
  private volatile long lastUsed;

  SshConnection(SshLogin login) {
    this.login = login;
    this.workers =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "vmkit-ssh");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** One channel's place among those that the server allows. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  Place place(String attempted, Deadline deadline) {
    try {
      if (places.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
        return places::release;
      }
    } catch (InterruptedException e) {
      throw new OperationInterrupted(attempted, e);
    }
    throw SshWork.late(attempted, CHANNELS + " other commands keep the connection busy");
  }

  /** A session that is connected, as far as can be known. */
  Session session(Deadline deadline) {
    try {
      if (!lock.tryLock(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
        throw SshWork.late(login.attempted(), "another thread connects");
      }
    } catch (InterruptedException e) {
      throw new OperationInterrupted(login.attempted(), e);
    }
    try {
      Session current = session;
      if (current == null || !current.isConnected() || !seemsAlive(current)) {
        current = connect(deadline);
        session = current;
      }
      lastUsed = System.nanoTime();
      return current;
    } finally {
      lock.unlock();
    }
  }

  /** A guest that was reset leaves a connection that looks open but leads nowhere. */
  private boolean seemsAlive(Session current) {
    if (System.nanoTime() - lastUsed < IDLE.toNanos()) {
      return true;
    }
    try {
      open("try the SSH connection", current, "exec", Channel::connect).disconnect();
      return true;
    } catch (ProtocolFailure | DeadlineExceeded e) {
      current.disconnect();
      return false;
    }
  }

  /** A session of the caller's own, which the caller disconnects. */
  Session connect(Deadline deadline) {
    Session made;
    try {
      made = login.prepare();
    } catch (JSchException e) {
      throw login.refusal(e);
    }
    int millis = (int) Math.max(1, Math.min(Integer.MAX_VALUE, deadline.left().toMillis()));
    SshWork<Session> work =
        new SshWork<>(
            login.attempted(),
            () -> {
              made.connect(millis);
              return made;
            },
            e ->
                deadline.passed()
                    ? SshWork.late(login.attempted(), "waiting for the guest's SSH server")
                    : login.refusal(e),
            made::disconnect);
    return work.await(workers, deadline);
  }

  /** Sets a channel up and opens it. */
  interface Opening {
    void open(Channel channel) throws Exception;
  }

  /**
   * Opens a channel, whole or not at all: an interrupt waits until it is open. A session that opens
   * none in time is given up.
   */
  Channel open(String attempted, Session owner, String type, Opening opening) {
    SshWork<Channel> work =
        new SshWork<>(
            attempted,
            () -> {
              Channel channel = owner.openChannel(type);
              opening.open(channel);
              return channel;
            },
            e ->
                new ProtocolFailure(
                    attempted,
                    "",
                    SshLogin.said(e),
                    "it may have begun; look before doing it again",
                    e),
            owner::disconnect);
    return work.awaitThrough(workers, Deadline.in(CHANNEL_LIMIT));
  }

  /** Waits for work that lasts as long as it must; the keep-alive ends it with the connection. */
  <T> T await(SshWork<T> work) {
    return work.await(workers, Deadline.never());
  }

  /** Ends the session, which ends all that waits for it. */
  @Override
  public void close() {
    workers.shutdownNow();
    Session current = session;
    if (current != null) {
      current.disconnect();
    }
  }
}
