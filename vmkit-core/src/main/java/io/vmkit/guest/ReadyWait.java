package io.vmkit.guest;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.MachineFailed;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.VmkitException;
import io.vmkit.event.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One wait for a condition. Each part runs in a daemon thread of its own, since looks block; all
 * end with the wait.
 */
final class ReadyWait {
  private final Guest guest;
  private final Ready condition;
  private final Instant began = Instant.now();
  private final List<Watch> watches = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  ReadyWait(Guest guest, Ready condition) {
    this.guest = guest;
    this.condition = condition;
  }

  /** Waits, and returns which conditions came true when. */
  List<BootTimeline.Mark> run() {
    CompletableFuture<Void> met = begin(condition);
    CompletableFuture<Void> gone = beginToWatchForDeath();
    try {
      CompletableFuture.anyOf(met, gone).get();
      return marks();
    } catch (InterruptedException e) {
      throw new OperationInterrupted(attempted(), e);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      threads.forEach(Thread::interrupt);
    }
  }

  private CompletableFuture<Void> begin(Ready part) {
    CompletableFuture<Void> future =
        part.node() instanceof Ready.Group group ? beginGroup(group) : beginLeaf(part);
    return future.orTimeout(part.timeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  private CompletableFuture<Void> beginGroup(Ready.Group group) {
    List<CompletableFuture<Void>> parts = group.parts().stream().map(this::begin).toList();
    return group.all() ? firstFailureOrAll(parts) : firstSuccessOrNone(parts);
  }

  /** Not {@code allOf}, which would wait for the others after one has failed. */
  private static CompletableFuture<Void> firstFailureOrAll(List<CompletableFuture<Void>> parts) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    AtomicInteger missing = new AtomicInteger(parts.size());
    for (CompletableFuture<Void> part : parts) {
      part.whenComplete(
          (nothing, error) -> {
            if (error != null) {
              result.completeExceptionally(error);
            } else if (missing.decrementAndGet() == 0) {
              result.complete(null);
            }
          });
    }
    return result;
  }

  private static CompletableFuture<Void> firstSuccessOrNone(List<CompletableFuture<Void>> parts) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    AtomicInteger open = new AtomicInteger(parts.size());
    for (CompletableFuture<Void> part : parts) {
      part.whenComplete(
          (nothing, error) -> {
            if (error == null) {
              result.complete(null);
            } else if (open.decrementAndGet() == 0) {
              result.completeExceptionally(error);
            }
          });
    }
    return result;
  }

  private CompletableFuture<Void> beginLeaf(Ready part) {
    Watch watch = new Watch(((Ready.Leaf) part.node()).condition());
    watches.add(watch);
    return inThread(
        "vmkit-await-" + watch.condition(),
        () -> {
          watch.condition().await(guest, watch);
          watch.met();
        });
  }

  private CompletableFuture<Void> beginToWatchForDeath() {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    CompletableFuture<Void> watching =
        inThread(
            "vmkit-await-death",
            () -> {
              try (Subscription<GuestSignal> signals = guest.link().signals()) {
                while (!signals.hasEnded()
                    && signals.next(Duration.ofHours(1)).orElse(GuestSignal.AGENT_CONNECTED)
                        != GuestSignal.GONE) {
                  // Other signals are for the conditions.
                }
              }
            });
    watching.thenRun(
        () ->
            gone.completeExceptionally(
                new MachineFailed(
                    attempted(), "the vm lost its power", evidence(), "see its console", null)));
    return gone;
  }

  private CompletableFuture<Void> inThread(String name, Work work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
                done.complete(null);
              } catch (InterruptedException | RuntimeException | Error e) {
                done.completeExceptionally(e);
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
    return done;
  }

  private RuntimeException failure(@Nullable Throwable cause) {
    if (cause instanceof TimeoutException) {
      return new DeadlineExceeded(
          attempted(),
          "waiting, after " + Duration.between(began, Instant.now()).toSeconds() + " s",
          evidence(),
          "see what it was doing, or allow it more time with within(…)",
          null);
    }
    if (cause instanceof VmkitException known) {
      return known;
    }
    return new IllegalStateException(attempted(), cause);
  }

  private String attempted() {
    return "wait for " + condition + " in vm " + guest.link().name();
  }

  private Evidence evidence() {
    String conditions =
        watches.stream().map(watch -> watch.summary(began)).collect(Collectors.joining("\n"));
    return Evidence.none().with("conditions", conditions).and(guest.link().evidence());
  }

  private List<BootTimeline.Mark> marks() {
    List<BootTimeline.Mark> marks = new ArrayList<>();
    for (Watch watch : watches) {
      Instant at = watch.metAt();
      if (at != null) {
        marks.add(new BootTimeline.Mark(watch.condition() + " ready", at));
      }
    }
    return marks;
  }

  /** What a thread does. */
  @FunctionalInterface
  private interface Work {
    void run() throws InterruptedException;
  }
}
