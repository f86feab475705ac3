package dev.gimbal.testing.example;

import dev.gimbal.format.Document;
import dev.gimbal.source.Link;
import dev.gimbal.source.RemoteOptions;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The settings in a table, looked at every 100 ms. */
final class TableSource implements Source {

  /** Reads all rows; throws while the database is away. */
  interface Table {
    Map<String, String> rows() throws IOException;
  }

  private final Table table;

  TableSource(Table table) {
    this.table = table;
  }

  @Override
  public String name() {
    return "table settings";
  }

  @Override
  public Session open(Sink sink) {
    return RemoteOptions.of(name(), "settings")
        .withPeriod(Duration.ofMillis(100))
        .open(feed -> new Rows(), sink);
  }

  /** A connection. It is lost when reading throws, and made again after a while. */
  private final class Rows implements Link {
    private Map<String, String> last;

    @Override
    public RemoteState read(Sink sink) throws IOException {
      Map<String, String> rows = Map.copyOf(table.rows());
      if (rows.equals(last)) {
        return RemoteState.unchanged();
      }
      last = rows;
      return RemoteState.of(Document.of((ObjectNode) Nodes.of(rows, Scalar.Template.ALL)));
    }

    @Override
    public void close() {}
  }
}
