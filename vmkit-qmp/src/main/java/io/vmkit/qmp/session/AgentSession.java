package io.vmkit.qmp.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.InvalidSpec;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.PeerRefused;
import io.vmkit.qmp.codec.AgentAnswer;
import io.vmkit.qmp.codec.AgentCommand;
import io.vmkit.qmp.codec.AgentDecoder;
import io.vmkit.qmp.codec.CodecLimits;
import io.vmkit.qmp.codec.MalformedMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with a guest agent, whose protocol has neither greeting nor ids: answers belong to
 * commands by their order alone. So one command is under way at a time, and a conversation that is
 * new, or in which an answer stayed out or was garbled, is first brought into step: {@code
 * guest-sync-delimited} with a fresh id, and all that comes before its answer is thrown away.
 *
 * <p>There need be no agent yet. What is sent waits in the channel, and the agent answers it when
 * it starts. Owns its transport and one daemon thread; closing ends both. Thread-safe.
 */
public final class AgentSession implements AutoCloseable {
  private static final int READ_BYTES = 8192;

  /**
   * An agent that was stopped may have taken a sync with it, so it is repeated; seldom, since an
   * agent that starts late answers every one of them.
   */
  private static final Duration SYNC_INTERVAL = Duration.ofSeconds(1);

  /** Ids stay exact where a peer keeps numbers as doubles. */
  private static final long ID_BOUND = 1L << 53;

  private final Transport transport;
  private final AgentDecoder decoder;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final AtomicReference<@Nullable AgentExchange> current = new AtomicReference<>();
  private final AtomicReference<@Nullable Ended> ended = new AtomicReference<>();
  private volatile boolean inStep;
  private volatile @Nullable AgentCommand lastSent;

  private AgentSession(Transport transport, CodecLimits limits) {
    this.transport = transport;
    this.decoder = new AgentDecoder(limits);
  }

  /**
   * Takes over a connection. Sends nothing yet.
   *
   * @param transport a fresh connection, owned by the session from here on
   * @param limits what the agent, which is to say the guest, may send
   * @return the conversation
   */
  public static AgentSession over(Transport transport, CodecLimits limits) {
    AgentSession session = new AgentSession(transport, limits);
    ReaderThread.start("vmkit-agent " + transport, session::read);
    return session;
  }

  /**
   * Sends one command and waits for its answer. Interruptible.
   *
   * @param name the command, such as {@code guest-ping}
   * @param arguments by name; plain values or Jackson's trees; empty for none
   * @param timeout for the turn, getting into step, and the answer together
   * @return what the command returned
   * @throws InvalidSpec when an argument is something that JSON cannot carry; nothing was sent
   * @throws PeerRefused when the agent answers with an error
   * @throws io.vmkit.error.ProtocolFailure when the connection is lost, or the answer garbled;
   *     after the latter the conversation goes on
   * @throws DeadlineExceeded when no answer comes in time, as when no agent runs
   * @throws OperationInterrupted when the thread is interrupted
   */
  public JsonNode execute(String name, Map<String, ?> arguments, Duration timeout) {
    AgentCommand command = new AgentCommand(name, arguments);
    ByteBuffer bytes = encode(command);
    Deadline deadline = Deadline.in(timeout);
    try {
      if (!turn.tryLock(Math.max(0, deadline.nanos()), TimeUnit.NANOSECONDS)) {
        throw late(command, "waiting for the turn of an earlier command");
      }
      try {
        synchronize(command, deadline);
        return exchange(command, bytes, deadline);
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      throw new OperationInterrupted(command.toString(), e);
    }
  }

  private static ByteBuffer encode(AgentCommand command) {
    try {
      return command.encode();
    } catch (IllegalArgumentException e) {
      throw new InvalidSpec(
          command.name(), String.valueOf(e.getMessage()), "pass plain JSON values", e);
    }
  }

  private void synchronize(AgentCommand command, Deadline deadline) throws InterruptedException {
    while (!inStep) {
      long id = ThreadLocalRandom.current().nextLong(1, ID_BOUND);
      AgentCommand sync = AgentCommand.sync(id);
      AgentExchange exchange = AgentExchange.sync(id);
      begin(command, exchange);
      write(sync, sync.encodeAfterSentinel(), deadline);
      if (exchange.await(deadline.atMost(SYNC_INTERVAL))) {
        exchange.answer(command, sync.toString());
        inStep = true;
      } else if (deadline.isOver()) {
        throw late(command, "waiting for the guest agent to answer at all");
      }
    }
  }

  private JsonNode exchange(AgentCommand command, ByteBuffer bytes, Deadline deadline)
      throws InterruptedException {
    AgentExchange exchange = AgentExchange.command();
    inStep = false;
    begin(command, exchange);
    write(command, bytes, deadline);
    if (!exchange.await(deadline.left())) {
      throw late(command, "waiting for the answer");
    }
    inStep = exchange.isAnswered();
    return exchange.answer(command, sentLast());
  }

  /** From here on the reader hands what comes to this exchange. */
  private void begin(AgentCommand command, AgentExchange exchange) {
    current.set(exchange);
    checkOpen(command);
  }

  private void write(AgentCommand command, ByteBuffer bytes, Deadline deadline) {
    try {
      transport.write(bytes, deadline.left());
    } catch (IOException e) {
      end(Ended.broken(transport.toString(), e));
      checkOpen(command);
    }
    lastSent = command;
    if (Thread.interrupted()) {
      throw new OperationInterrupted(command.toString(), null);
    }
    if (bytes.hasRemaining()) {
      // Half a command may be under way; the sentinel before the next sync makes the agent drop it.
      throw late(command, "waiting for " + transport + " to take it");
    }
  }

  private static DeadlineExceeded late(AgentCommand command, String phase) {
    return new DeadlineExceeded(
        command.toString(),
        phase,
        Evidence.none(),
        "check that qemu-guest-agent runs in the guest",
        null);
  }

  private void checkOpen(AgentCommand command) {
    Ended over = ended.get();
    if (over != null) {
      throw over.failure(command.toString(), sentLast());
    }
  }

  private String sentLast() {
    AgentCommand last = lastSent;
    return last == null ? "" : last.toString();
  }

  private void read() {
    ByteBuffer in = ByteBuffer.allocate(READ_BYTES);
    try {
      while (transport.read(in.clear()) >= 0) {
        in.flip();
        while (in.hasRemaining()) {
          decode(in);
        }
      }
      end(Ended.byPeer(transport.toString()));
    } catch (IOException e) {
      end(Ended.broken(transport.toString(), e));
    } finally {
      end(new Ended("the reader stopped", "", null));
    }
  }

  private void decode(ByteBuffer in) {
    AgentExchange exchange = current.get();
    try {
      AgentAnswer answer = decoder.next(in);
      if (answer != null && exchange != null) {
        exchange.offer(answer);
      }
    } catch (MalformedMessage e) {
      if (exchange != null) {
        exchange.garbled(
            Ended.breach(String.valueOf(e.getMessage()), "the agent behind " + transport, e));
      }
    }
  }

  private void end(Ended how) {
    if (ended.compareAndSet(null, how)) {
      transport.close();
      AgentExchange exchange = current.get();
      if (exchange != null) {
        exchange.lost(how);
      }
    }
  }

  /** Ends the conversation; whoever waits gets a {@code ProtocolFailure}. */
  @Override
  public void close() {
    end(Ended.BY_US);
  }
}
