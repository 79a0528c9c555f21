package io.vmkit.guest;

import io.vmkit.error.InvalidSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** An HTTP server in the guest answers well. */
final class HttpCondition extends Polled {
  private final int port;
  private final String path;
  private @Nullable HttpClient client;

  HttpCondition(int port, String path) {
    this.port = port;
    this.path = path;
  }

  @Override
  boolean holds(Guest guest, Watch watch) throws NotYet, InterruptedException {
    InetSocketAddress address = guest.link().address(port).orElseThrow(this::unreachable);
    URI uri = URI.create("http://" + address.getHostString() + ":" + address.getPort() + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LOOK).GET().build();
    try {
      int status = client().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      watch.saw("status " + status);
      return status >= 200 && status < 400;
    } catch (IOException e) {
      throw new NotYet(e.toString());
    }
  }

  private InvalidSpec unreachable() {
    return new InvalidSpec(
        "wait for " + this,
        "port " + port + " of the guest is not forwarded",
        "add .forward(PortForward.toGuest(" + port + ")) to an interface of the spec");
  }

  private synchronized HttpClient client() {
    if (client == null) {
      client = HttpClient.newBuilder().connectTimeout(LOOK).build();
    }
    return client;
  }

  @Override
  public String toString() {
    return "http " + port + path;
  }
}
