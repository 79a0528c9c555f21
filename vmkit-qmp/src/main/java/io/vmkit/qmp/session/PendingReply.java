package io.vmkit.qmp.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.PeerRefused;
import io.vmkit.qmp.codec.QmpCommand;
import io.vmkit.qmp.codec.QmpMessage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A command under way. Thread-safe; giving up on it leaves the conversation in order. */
public final class PendingReply {
  private final QmpCommand command;
  private final String peer;
  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

  PendingReply(QmpCommand command, String peer) {
    this.command = command;
    this.peer = peer;
  }

  /** What became of it: an answer, or the end of the conversation with what was sent last. */
  private sealed interface Outcome {
    record Answered(QmpMessage message) implements Outcome {}

    record Lost(Ended ended, String lastSent) implements Outcome {}
  }

  void answer(QmpMessage message) {
    settle(new Outcome.Answered(message));
  }

  void lose(Ended ended, String lastSent) {
    settle(new Outcome.Lost(ended, lastSent));
  }

  private void settle(Outcome result) {
    if (outcome.compareAndSet(null, result)) {
      done.countDown();
    }
  }

  /** {@return whether {@link #await} would not wait} */
  public boolean isDone() {
    return done.getCount() == 0;
  }

  /**
   * Waits for the reply. Interruptible; may be called again after a time-out.
   *
   * @param timeout how long
   * @return what the command returned
   * @throws PeerRefused when the command failed
   * @throws io.vmkit.error.ProtocolFailure when the conversation ended before the reply came
   * @throws DeadlineExceeded when no reply comes in time
   * @throws OperationInterrupted when the thread is interrupted
   */
  public JsonNode await(Duration timeout) {
    try {
      if (!done.await(Deadline.in(timeout).nanos(), TimeUnit.NANOSECONDS)) {
        throw new DeadlineExceeded(
            command.toString(),
            "waiting for the reply from " + peer,
            Evidence.none(),
            "check that QEMU is not stopped or stuck",
            null);
      }
    } catch (InterruptedException e) {
      throw new OperationInterrupted(command.toString(), e);
    }
    return result();
  }

  private JsonNode result() {
    Outcome result = outcome.get();
    if (result instanceof Outcome.Lost lost) {
      throw lost.ended().failure(command.toString(), lost.lastSent());
    }
    if (result instanceof Outcome.Answered answered
        && answered.message() instanceof QmpMessage.Reply reply) {
      return reply.value();
    }
    if (result instanceof Outcome.Answered answered
        && answered.message() instanceof QmpMessage.ErrorReply error) {
      throw new PeerRefused(
          command.toString(), error.kind(), error.description(), nextStep(error.kind()));
    }
    throw new AssertionError(result);
  }

  private static String nextStep(String kind) {
    return kind.equals("CommandNotFound")
        ? "see query-commands for what this QEMU can do in its present state"
        : "";
  }
}
