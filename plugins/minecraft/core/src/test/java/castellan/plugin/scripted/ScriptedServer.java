package castellan.plugin.scripted;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server on 127.0.0.1 that answers as a test says, request by request. It speaks through bare
 * sockets, so that its answers may be wrong in every way. It knows nothing of what it tests.
 */
public final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listening;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, BlockingQueue<Reply>> replies = new HashMap<>();
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  public ScriptedServer() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /**
   * Adds answers to the requests of a path, in their order. A request for which there is none waits.
   *
   * @param path without the query
   */
  public ScriptedServer on(String path, Reply... more) {
    for (Reply reply : more) queue(path).add(reply);
    return this;
  }

  /** The next request, in the order in which they came. Waits for it. */
  public Request next() throws InterruptedException {
    Request request = requests.poll(20, TimeUnit.SECONDS);
    if (request == null) throw new AssertionError("no request came");
    return request;
  }

  /** The next request of a path; what came for others before it is passed over. */
  public Request next(String path) throws InterruptedException {
    while (true) {
      Request request = next();
      if (request.path().split("\\?")[0].equals(path)) return request;
    }
  }

  /** How many requests came that nobody has asked for. */
  public int waiting() {
    return requests.size();
  }

  @Override
  public void close() throws IOException {
    closing.countDown();
    listening.close();
  }

  private synchronized BlockingQueue<Reply> queue(String path) {
    return replies.computeIfAbsent(path, unused -> new LinkedBlockingQueue<>());
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = listening.accept();
      start(() -> serve(socket));
    }
  }

  private void serve(Socket socket) throws IOException, InterruptedException {
    try (socket) {
      Request request = read(socket.getInputStream());
      requests.add(request);
      Reply reply = queue(request.path().split("\\?")[0]).take();
      reply.write(socket.getOutputStream(), closing);
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] first = line(in).split(" ");
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(": *", 2);
      headers.put(parts[0].toLowerCase(), parts[1]);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(first[0], first[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int one = in.read(); one != '\n'; one = in.read()) {
      if (one < 0) throw new IOException("the request broke off");
      if (one != '\r') line.write(one);
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException e) {
                // The peer hung up, or the test is over.
              }
            },
            "scripted server");
    thread.setDaemon(true);
    thread.start();
  }
}
