package castellan.plugin.api;

import castellan.plugin.json.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one request at a time of each calling thread, signed by Standard Webhooks 1.0.0. */
final class SignedHttp {
  /** Far more than any answer of the Game API. */
  static final int LONGEST_ANSWER = 1 << 20;

  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private final HttpClient client;
  private final URI base;
  private final Secret secret;
  private final InstantSource clock;

  /**
   * @param base where the Game API is, as {@code https://castellan.example}; a path before {@code
   *     /v1} is kept
   * @param clock tells the time that is signed
   */
  SignedHttp(URI base, Secret secret, InstantSource clock) {
    this.base = base;
    this.secret = secret;
    this.clock = clock;
    // A redirect would carry the signed code to somebody else. HTTP/1.1, since asking for an upgrade
    // of an unencrypted connection only disturbs some proxies.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECTING)
            .build();
  }

  /**
   * Sends a request once.
   *
   * @param id the message's: the same for each try of the same request
   * @param path with its query, from {@code /v1} on
   * @param body sent as JSON by POST; null for a GET
   * @param limit for all of it, the last byte of the answer included
   * @throws IOException when no whole answer came; its message names neither secret nor body
   * @throws InterruptedException when the thread was interrupted; the request is given up
   */
  Answer send(String id, String path, Json body, Duration limit)
      throws IOException, InterruptedException {
    byte[] bytes = body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
    Instant now = clock.instant();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/+$", "") + path))
            .header("accept", "application/json, application/problem+json")
            .header("user-agent", "castellan-minecraft")
            .header("webhook-id", id)
            .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .header("webhook-signature", secret.sign(id, now.getEpochSecond(), bytes));
    if (body != null) {
      request.header("content-type", "application/json").POST(BodyPublishers.ofByteArray(bytes));
    }
    HttpResponse<byte[]> response = exchange(request.build(), limit);
    HttpHeaders headers = response.headers();
    Instant then = clock.instant();
    return new Answer(
        response.statusCode(),
        headers.firstValue("retry-after").flatMap(text -> wait(text, then)),
        headers.firstValue("date").flatMap(SignedHttp::date).map(at -> Duration.between(at, then)),
        response.body());
  }

  private HttpResponse<byte[]> exchange(HttpRequest request, Duration limit)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, status -> new LimitedBody(LONGEST_ANSWER));
    try {
      // The limit of HttpRequest itself ends with the headers; a body could then drip in for ever.
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new InterruptedIOException("no whole answer within " + limit.toMillis() + " ms");
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  /** RFC 9110, section 10.2.3: seconds, or the time itself. */
  private static Optional<Duration> wait(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    return date(text).map(at -> Duration.between(now, at)).filter(wait -> !wait.isNegative());
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
