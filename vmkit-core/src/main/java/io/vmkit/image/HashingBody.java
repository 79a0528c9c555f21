package io.vmkit.image;

import io.vmkit.value.Digest;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of a good answer into a file and hashes it as it comes; the body of any other is
 * thrown away. Fed by one thread, watched by another.
 */
final class HashingBody implements BodyHandler<Digest>, BodySubscriber<Digest> {
  private static final int OK = 200;

  private final FileChannel out;
  private final Digest.Algorithm algorithm;
  private final MessageDigest hash;
  private final CompletableFuture<Digest> digest = new CompletableFuture<>();
  private @Nullable Subscription subscription;
  private @Nullable IOException storageError;
  private OptionalLong total = OptionalLong.empty();
  private boolean kept;
  private long received;

  HashingBody(FileChannel out, Digest.Algorithm algorithm) {
    this.out = out;
    this.algorithm = algorithm;
    this.hash = algorithm.accumulator();
  }

  @Override
  public synchronized BodySubscriber<Digest> apply(ResponseInfo info) {
    kept = info.statusCode() == OK;
    total = info.headers().firstValueAsLong("Content-Length");
    return this;
  }

  @Override
  public CompletionStage<Digest> getBody() {
    return digest;
  }

  @Override
  public synchronized void onSubscribe(Subscription upstream) {
    subscription = upstream;
    upstream.request(Long.MAX_VALUE);
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    if (!kept || digest.isDone()) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        hash.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
          received += out.write(buffer);
        }
      }
    } catch (IOException e) {
      storageError = e;
      digest.completeExceptionally(e);
      cancel();
    }
  }

  @Override
  public void onError(Throwable error) {
    digest.completeExceptionally(error);
  }

  @Override
  public synchronized void onComplete() {
    digest.complete(Digest.of(algorithm, hash.digest()));
  }

  /** Ends the transfer; nothing is written to the file after this. */
  synchronized void end() {
    digest.cancel(false);
    cancel();
  }

  private void cancel() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  /** {@return whether a good answer has begun to come} */
  synchronized boolean started() {
    return kept;
  }

  /** {@return how many bytes have been written} */
  synchronized long received() {
    return received;
  }

  /** {@return how many bytes the server announced} */
  synchronized OptionalLong total() {
    return total;
  }

  /** {@return what the file system said when it refused; null when it did not} */
  synchronized @Nullable IOException storageError() {
    return storageError;
  }
}
