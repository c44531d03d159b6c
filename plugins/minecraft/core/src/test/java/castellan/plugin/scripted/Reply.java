package castellan.plugin.scripted;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a scripted server does with one request, right or wrong. */
@FunctionalInterface
public interface Reply {
  /**
   * Writes the answer. The connection is closed when it returns.
   *
   * @param closing is opened when the server closes
   */
  void write(OutputStream out, CountDownLatch closing) throws IOException, InterruptedException;

  /** A whole answer in JSON. @param headers of it, each with \r\n after it */
  static Reply json(int status, String body, String... headers) {
    return (out, closing) -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
      for (String header : headers) head.append(header).append("\r\n");
      head.append("content-type: application/json\r\nconnection: close\r\n");
      head.append("content-length: ").append(bytes.length).append("\r\n\r\n");
      out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(bytes);
    };
  }

  /** Whatever bytes. */
  static Reply raw(String text) {
    return (out, closing) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Reads the request, and hangs up. */
  static Reply hangUp() {
    return (out, closing) -> {};
  }

  /** Promises a long body, begins it, and hangs up. */
  static Reply breakOff() {
    return raw("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"registrations\":");
  }

  /** Says nothing, for as long as the server runs. */
  static Reply silent() {
    return (out, closing) -> closing.await();
  }

  /** Begins a body, and then says nothing more. */
  static Reply stall() {
    return (out, closing) -> {
      out.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{".getBytes(StandardCharsets.UTF_8));
      out.flush();
      closing.await();
    };
  }

  /** A body without an end. */
  static Reply endless() {
    return (out, closing) -> {
      out.write("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
      // Whoever gave up closes the connection, and writing fails.
      while (closing.getCount() > 0) out.write(spaces);
    };
  }

  /**
   * A body that goes on and on, a byte at a time.
   *
   * @param gone is counted down when the other side has hung up
   */
  static Reply drip(CountDownLatch gone) {
    return (out, closing) -> {
      try {
        out.write("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        while (!closing.await(5, TimeUnit.MILLISECONDS)) out.write(' ');
      } catch (IOException e) {
        gone.countDown();
      }
    };
  }

  /** Waits for a sign before it answers. */
  default Reply after(CountDownLatch sign) {
    return (out, closing) -> {
      sign.await();
      write(out, closing);
    };
  }
}
