package io.vmkit.qmp.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.qmp.codec.CodecLimits;
import io.vmkit.qmp.codec.MalformedMessage;
import io.vmkit.qmp.codec.QmpCommand;
import io.vmkit.qmp.codec.QmpDecoder;
import io.vmkit.qmp.codec.QmpMessage;
import io.vmkit.qmp.codec.QmpMessage.Event;
import io.vmkit.qmp.codec.QmpMessage.Greeting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A QMP conversation past its negotiation. Thread-safe: any number of commands may be under way at
 * once, and replies find their command by its id. Owns its transport and one daemon thread; closing
 * ends both.
 */
public final class QmpSession implements AutoCloseable {
  /** jnr makes a buffer of this size for every read, so larger is not better. */
  private static final int READ_BYTES = 8192;

  private final Transport transport;
  private final QmpDecoder decoder;
  private final Map<Long, PendingReply> pending = new ConcurrentHashMap<>();
  private final List<EventQueue> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong lastId = new AtomicLong();
  private final ReentrantLock writing = new ReentrantLock();
  private final Handshake handshake = new Handshake();
  private final AtomicReference<@Nullable Ended> ended = new AtomicReference<>();
  private volatile SessionState state = SessionState.CONNECTING;
  private volatile @Nullable QmpCommand lastSent;

  private QmpSession(Transport transport, CodecLimits limits) {
    this.transport = transport;
    this.decoder = new QmpDecoder(limits);
  }

  /**
   * Greets and negotiates: switches on out-of-band commands where the peer offers them.
   * Interruptible. When it fails, the transport is closed.
   *
   * @param transport a fresh connection, owned by the session from here on
   * @param limits what the peer may send
   * @param timeout for all of it
   * @return a running conversation
   * @throws io.vmkit.error.ProtocolFailure when the peer is no QMP server or goes away
   * @throws io.vmkit.error.PeerRefused when it refuses to negotiate
   * @throws DeadlineExceeded when it does not answer in time, as when another client has its socket
   * @throws OperationInterrupted when the thread is interrupted
   */
  public static QmpSession open(Transport transport, CodecLimits limits, Duration timeout) {
    QmpSession session = new QmpSession(transport, limits);
    ReaderThread.start("vmkit-qmp " + transport, session::read);
    boolean running = false;
    try {
      session.negotiate(Deadline.in(timeout));
      running = true;
      return session;
    } finally {
      if (!running) {
        session.close();
      }
    }
  }

  /** Loads the JSON classes that the first conversation of a JVM needs. Cheap afterwards. */
  public static void warmUp() {
    new QmpCommand(0, "query-status", Map.of(), false).encode();
    byte[] reply = "{\"return\": {\"running\": [true, 1]}, \"id\": 0}".getBytes(UTF_8);
    try {
      new QmpDecoder(CodecLimits.DEFAULT).next(ByteBuffer.wrap(reply));
    } catch (MalformedMessage e) {
      throw new AssertionError(e);
    }
  }

  private void negotiate(Deadline deadline) {
    Greeting greeting = handshake.await(transport.toString(), deadline);
    Map<String, ?> arguments =
        greeting.capabilities().contains(Greeting.OOB)
            ? Map.of("enable", List.of(Greeting.OOB))
            : Map.of();
    send("qmp_capabilities", arguments, false, deadline).await(deadline.left());
    moveTo(SessionState.RUNNING);
  }

  /** {@return what the peer said about itself} */
  public Greeting greeting() {
    return handshake.greeting();
  }

  /** {@return how far the conversation has come} */
  public SessionState state() {
    return state;
  }

  /**
   * Sends a command without waiting for its reply. Interruptible while the peer does not take it.
   *
   * @param command its name
   * @param arguments by name; plain values or Jackson's trees; empty for none
   * @param timeout how long the peer may leave its side of the connection full
   * @return where the reply will be
   * @throws InvalidSpec when an argument is something that JSON cannot carry; nothing was sent
   * @throws io.vmkit.error.ProtocolFailure when the conversation is over
   * @throws DeadlineExceeded when the peer takes nothing in time
   * @throws OperationInterrupted when the thread is interrupted
   */
  public PendingReply submit(String command, Map<String, ?> arguments, Duration timeout) {
    return send(command, arguments, false, Deadline.in(timeout));
  }

  /**
   * Sends a command that overtakes those waiting in QEMU's queue; few commands may ({@code
   * allow-oob} in the schema). Otherwise as {@link #submit}.
   *
   * @param command its name
   * @param arguments by name; plain values or Jackson's trees; empty for none
   * @param timeout how long the peer may leave its side of the connection full
   * @return where the reply will be
   * @throws IllegalStateException when the peer did not offer {@code oob}
   */
  public PendingReply submitOutOfBand(String command, Map<String, ?> arguments, Duration timeout) {
    if (!greeting().capabilities().contains(Greeting.OOB)) {
      throw new IllegalStateException(transport + " takes no out-of-band commands");
    }
    return send(command, arguments, true, Deadline.in(timeout));
  }

  /**
   * Starts listening for events. Nothing that comes after this call returns is missed.
   *
   * @param filter which events; runs on the reader thread, so it must be quick
   * @return the listener's own queue, to be closed when it is no longer read
   */
  public EventQueue subscribe(Predicate<? super Event> filter) {
    EventQueue queue = new EventQueue(filter, listeners::remove);
    listeners.add(queue);
    Ended over = ended.get();
    if (over != null) {
      queue.end(over);
    }
    return queue;
  }

  private PendingReply send(
      String name, Map<String, ?> arguments, boolean outOfBand, Deadline deadline) {
    QmpCommand command = new QmpCommand(lastId.incrementAndGet(), name, arguments, outOfBand);
    ByteBuffer bytes = encode(command);
    PendingReply reply = new PendingReply(command, transport.toString());
    pending.put(command.id(), reply);
    boolean sent = false;
    try {
      write(command, bytes, deadline);
      sent = true;
      return reply;
    } finally {
      if (!sent) {
        pending.remove(command.id());
      }
    }
  }

  private static ByteBuffer encode(QmpCommand command) {
    try {
      return command.encode();
    } catch (IllegalArgumentException e) {
      throw new InvalidSpec(
          command.name(), String.valueOf(e.getMessage()), "pass plain JSON values", e);
    }
  }

  private void write(QmpCommand command, ByteBuffer bytes, Deadline deadline) {
    try {
      if (!writing.tryLock(Math.max(0, deadline.nanos()), TimeUnit.NANOSECONDS)) {
        throw notTaken(command);
      }
    } catch (InterruptedException e) {
      throw new OperationInterrupted(command.toString(), e);
    }
    try {
      writeAlone(command, bytes, deadline);
    } finally {
      writing.unlock();
    }
  }

  private void writeAlone(QmpCommand command, ByteBuffer bytes, Deadline deadline) {
    checkOpen(command);
    int length = bytes.remaining();
    try {
      transport.write(bytes, deadline.left());
    } catch (IOException e) {
      end(Ended.broken(transport.toString(), e));
      checkOpen(command);
    }
    if (bytes.remaining() == 0) {
      lastSent = command;
      return;
    }
    if (bytes.remaining() < length) {
      end(new Ended("half of " + command.name() + " was sent when time was up", "", null));
    }
    if (Thread.interrupted()) {
      throw new OperationInterrupted(command.toString(), null);
    }
    throw notTaken(command);
  }

  private DeadlineExceeded notTaken(QmpCommand command) {
    return new DeadlineExceeded(
        command.toString(),
        "waiting for " + transport + " to take it",
        Evidence.none(),
        "check that QEMU is not stopped or stuck",
        null);
  }

  private void checkOpen(QmpCommand command) {
    Ended over = ended.get();
    if (over != null) {
      throw over.failure(command.toString(), sentLast());
    }
  }

  private String sentLast() {
    QmpCommand last = lastSent;
    return last == null ? "" : last.toString();
  }

  private void read() {
    String peer = transport.toString();
    ByteBuffer in = ByteBuffer.allocate(READ_BYTES);
    try {
      while (transport.read(in.clear()) >= 0) {
        dispatchAll(in.flip());
      }
      end(Ended.byPeer(peer));
    } catch (MalformedMessage e) {
      end(Ended.breach(String.valueOf(e.getMessage()), peer, e));
    } catch (IOException e) {
      end(Ended.broken(peer, e));
    } finally {
      // Whatever else stopped this thread, memory run out included: nobody may wait for it.
      end(new Ended("the reader stopped", "", null));
    }
  }

  private void dispatchAll(ByteBuffer in) throws MalformedMessage {
    for (QmpMessage message = decoder.next(in); message != null; message = decoder.next(in)) {
      dispatch(message);
    }
  }

  private void dispatch(QmpMessage message) throws MalformedMessage {
    if (message instanceof Greeting greeting) {
      if (state != SessionState.CONNECTING) {
        throw new MalformedMessage("a second greeting");
      }
      moveTo(SessionState.NEGOTIATING);
      handshake.greeted(greeting);
    } else if (state == SessionState.CONNECTING) {
      throw new MalformedMessage("the first message is no greeting");
    } else if (message instanceof Event event) {
      int bytes = decoder.lastLength();
      listeners.forEach(listener -> listener.offer(event, bytes));
    } else if (message instanceof QmpMessage.Reply reply) {
      answered(reply.id()).answer(reply);
    } else if (message instanceof QmpMessage.ErrorReply error) {
      if (error.id() == null) {
        throw new MalformedMessage("the peer did not understand us: " + error.description());
      }
      answered(error.id()).answer(error);
    }
  }

  private PendingReply answered(@Nullable Long id) throws MalformedMessage {
    PendingReply reply = id == null ? null : pending.remove(id);
    if (reply == null) {
      throw new MalformedMessage("a reply with id " + id + ", which nobody waits for");
    }
    return reply;
  }

  private synchronized void moveTo(SessionState next) {
    if (next.compareTo(state) > 0) {
      state = next;
    }
  }

  /**
   * The first reason counts. Wakes everybody: those who registered before see it here, others in
   * checkOpen.
   */
  private void end(Ended how) {
    if (!ended.compareAndSet(null, how)) {
      return;
    }
    moveTo(SessionState.CLOSED);
    transport.close();
    String sent = sentLast();
    handshake.lost(how, sent);
    pending.values().forEach(reply -> reply.lose(how, sent));
    pending.clear();
    listeners.forEach(listener -> listener.end(how));
    listeners.clear();
  }

  /** Ends the conversation; whoever waits gets a {@code ProtocolFailure}. */
  @Override
  public void close() {
    end(Ended.BY_US);
  }
}
