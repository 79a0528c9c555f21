package io.vmkit.qmp.session;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.ProtocolFailure;
import io.vmkit.qmp.codec.QmpMessage.Greeting;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The wait for the greeting. */
final class Handshake {
  private static final String ATTEMPTED = "open a QMP session";

  private final CompletableFuture<Greeting> greeting = new CompletableFuture<>();

  void greeted(Greeting peer) {
    greeting.complete(peer);
  }

  void lost(Ended how, String sent) {
    greeting.completeExceptionally(how.failure(ATTEMPTED, sent));
  }

  Greeting greeting() {
    return greeting.join();
  }

  Greeting await(String peer, Deadline deadline) {
    try {
      return greeting.get(Math.max(0, deadline.nanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new DeadlineExceeded(
          ATTEMPTED,
          "waiting for the greeting from " + peer,
          Evidence.none(),
          "close the other client: QEMU serves one at a time",
          e);
    } catch (InterruptedException e) {
      throw new OperationInterrupted(ATTEMPTED, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ProtocolFailure failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }
}
