package io.vmkit.image;

import io.vmkit.error.DeadlineExceeded;
import io.vmkit.error.Evidence;
import io.vmkit.error.ImageRejected;
import io.vmkit.error.OperationInterrupted;
import io.vmkit.error.VmkitException;
import io.vmkit.progress.Progress;
import io.vmkit.state.DurableFiles;
import io.vmkit.value.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One transfer by HTTP into a file, hashed on the way. */
final class Download {
  private static final int OK = 200;

  /** How often a watcher hears of progress. */
  private static final Duration REPORT = Duration.ofMillis(100);

  /**
   * How long to wait.
   *
   * @param connect for a connection
   * @param stall for the next bytes
   */
  record Limits(Duration connect, Duration stall) {
    static final Limits USUAL = new Limits(Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  private final URI address;
  private final Digest expected;
  private final Limits limits;
  private final String attempted;

  Download(URI address, Digest expected, Limits limits) {
    this.address = address;
    this.expected = expected;
    this.limits = limits;
    this.attempted = "fetch image " + UrlSource.shown(address);
  }

  /** Fetches into a new file; when it fails, the caller removes what is there. */
  void to(Path file, Progress progress) {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      HashingBody body = new HashingBody(out, expected.algorithm());
      HttpClient client =
          HttpClient.newBuilder()
              .connectTimeout(limits.connect())
              .followRedirects(Redirect.NORMAL)
              .build();
      CompletableFuture<HttpResponse<Digest>> answer =
          client.sendAsync(HttpRequest.newBuilder(address).build(), body);
      await(answer, body, progress);
    } catch (IOException e) {
      throw DurableFiles.fault(attempted, e);
    }
  }

  private void await(
      CompletableFuture<HttpResponse<Digest>> answer, HashingBody body, Progress progress) {
    Progress.@Nullable Task task = null;
    long received = 0;
    long lastNews = System.nanoTime();
    try {
      while (true) {
        try {
          check(answer.get(REPORT.toMillis(), TimeUnit.MILLISECONDS));
          return;
        } catch (TimeoutException stillUnderWay) {
          if (task == null && body.started()) {
            task = progress.begin(UrlSource.shown(address), body.total(), "B");
          }
          if (body.received() > received) {
            received = body.received();
            lastNews = System.nanoTime();
          } else if (System.nanoTime() - lastNews > limits.stall().toNanos()) {
            throw stalled(received, stillUnderWay);
          }
          report(task, received);
        }
      }
    } catch (InterruptedException e) {
      throw new OperationInterrupted(attempted, e);
    } catch (ExecutionException e) {
      throw failure(e.getCause(), body);
    } finally {
      answer.cancel(true);
      body.end();
      report(task, body.received());
      if (task != null) {
        task.close();
      }
    }
  }

  private static void report(Progress.@Nullable Task task, long received) {
    if (task != null) {
      task.done(received);
    }
  }

  private void check(HttpResponse<Digest> answer) {
    if (answer.statusCode() != OK) {
      throw new ImageRejected(
          attempted, "the server answered " + answer.statusCode(), "check the address");
    }
    if (!answer.body().equals(expected)) {
      throw new ImageRejected(
          attempted,
          "its digest is " + answer.body() + ", not " + expected,
          "check the digest; if it is right, the file was changed or damaged on the way");
    }
  }

  private DeadlineExceeded stalled(long received, TimeoutException cause) {
    return new DeadlineExceeded(
        attempted,
        "waiting " + limits.stall().toSeconds() + " s for more than " + received + " bytes",
        Evidence.none(),
        "check the network and the server, then try again",
        cause);
  }

  private VmkitException failure(@Nullable Throwable cause, HashingBody body) {
    if (body.storageError() != null) {
      return DurableFiles.fault(attempted, body.storageError());
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return new DeadlineExceeded(
          attempted,
          "connecting for " + limits.connect().toSeconds() + " s",
          Evidence.none(),
          "check the address and the network",
          cause);
    }
    OptionalLong total = body.total();
    String came =
        body.started()
            ? "it broke off after "
                + body.received()
                + (total.isPresent() ? " of " + total.getAsLong() : "")
                + " bytes"
            : "the server could not be reached";
    return new ImageRejected(
        attempted, came + ": " + cause, "check the network and the server, then try again", cause);
  }
}
