package io.vmkit.qmp.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.vmkit.error.PeerRefused;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.qmp.codec.AgentAnswer;
import io.vmkit.qmp.codec.AgentCommand;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One command to the agent and the answer that is expected to it. */
final class AgentExchange {
  private final Predicate<AgentAnswer> expected;
  private final boolean toleratesGarbage;
  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

  /** What became of it: an answer, or the reason why none will come. */
  private sealed interface Outcome {
    record Answered(AgentAnswer answer) implements Outcome {}

    record Lost(Ended ended) implements Outcome {}
  }

  private AgentExchange(Predicate<AgentAnswer> expected, boolean toleratesGarbage) {
    this.expected = expected;
    this.toleratesGarbage = toleratesGarbage;
  }

  /** Only the answer to this very sync counts; stale answers and garbage before it do not. */
  static AgentExchange sync(long id) {
    return new AgentExchange(
        answer -> answer instanceof AgentAnswer.Return value && value.syncs(id), true);
  }

  /** Any answer counts but one behind a sentinel, which some sync of long ago has left. */
  static AgentExchange command() {
    return new AgentExchange(
        answer -> !(answer instanceof AgentAnswer.Return value && value.delimited()), false);
  }

  void offer(AgentAnswer answer) {
    if (expected.test(answer)) {
      settle(new Outcome.Answered(answer));
    }
  }

  void garbled(Ended how) {
    if (!toleratesGarbage) {
      lost(how);
    }
  }

  void lost(Ended how) {
    settle(new Outcome.Lost(how));
  }

  private void settle(Outcome result) {
    if (outcome.compareAndSet(null, result)) {
      done.countDown();
    }
  }

  /** {@return whether something came of it in time} */
  boolean await(Duration timeout) throws InterruptedException {
    return done.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** {@return whether the agent has answered, be it by refusing} */
  boolean isAnswered() {
    return outcome.get() instanceof Outcome.Answered;
  }

  /**
   * {@return what the command returned}
   *
   * @throws PeerRefused when the agent answered with an error
   * @throws ProtocolFailure when no answer will come
   */
  JsonNode answer(AgentCommand command, String lastSent) {
    Outcome result = outcome.get();
    if (result instanceof Outcome.Lost lost) {
      throw lost.ended().failure(command.toString(), lastSent);
    }
    if (result instanceof Outcome.Answered answered) {
      if (answered.answer() instanceof AgentAnswer.Return value) {
        return value.value();
      }
      if (answered.answer() instanceof AgentAnswer.Refusal refusal) {
        throw new PeerRefused(command.toString(), refusal.kind(), refusal.description(), "");
      }
    }
    throw new AssertionError(result);
  }
}
