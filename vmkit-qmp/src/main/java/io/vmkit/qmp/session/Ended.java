package io.vmkit.qmp.session;

import io.vmkit.error.ProtocolFailure;
import org.jspecify.annotations.Nullable;

/**
 * Why a conversation is over. Every waiter gets an error of its own from it.
 *
 * @param received what came from the peer, or what we did
 * @param nextStep what the reader can do about it
 * @param cause the error underneath, or null
 */
record Ended(String received, String nextStep, @Nullable Throwable cause) {
  static final Ended BY_US = new Ended("the connection was closed on this side", "", null);

  static Ended byPeer(String peer) {
    return new Ended(
        "the peer closed the connection", "see whether the process behind " + peer + " runs", null);
  }

  static Ended broken(String peer, Exception cause) {
    return new Ended(
        "the connection broke: " + cause.getMessage(),
        "see whether the process behind " + peer + " runs",
        cause);
  }

  static Ended breach(String received, String peer, @Nullable Throwable cause) {
    return new Ended(
        received, "check that " + peer + " speaks this protocol and to nobody else", cause);
  }

  ProtocolFailure failure(String attempted, String sent) {
    return new ProtocolFailure(attempted, sent, received, nextStep, cause);
  }
}
