package castellan.plugin;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A log that remembers what it was told, and prints nothing. */
public final class RecordingLog {
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getAnonymousLogger();

  public RecordingLog() {
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            records.add(record);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
  }

  public Logger logger() {
    return logger;
  }

  /** The messages with their levels, such as {@code "INFO: ready"}. */
  public List<String> lines() {
    return records.stream().map(one -> one.getLevel() + ": " + one.getMessage()).toList();
  }

  /** Everything, with the traces of errors. */
  public String all() {
    StringWriter all = new StringWriter();
    PrintWriter out = new PrintWriter(all);
    for (LogRecord record : records) {
      out.println(record.getMessage());
      if (record.getThrown() != null) record.getThrown().printStackTrace(out);
    }
    return all.toString();
  }
}
