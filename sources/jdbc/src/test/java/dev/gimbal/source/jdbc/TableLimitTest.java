package dev.gimbal.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Limits;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.Sink;
import dev.gimbal.source.jdbc.table.TableReader;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Types;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table of more rows than may be, from a driver that counts how many it is asked for. */
class TableLimitTest {

  private static final int ROWS = 10_000;

  /** How many rows were asked for. */
  private int asked;

  /** Something of JDBC that answers these methods, and does nothing at others. */
  private static <T> T fake(Class<T> type, Map<String, Object> answers) {
    Object made =
        Proxy.newProxyInstance(
            TableLimitTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answers.get(method.getName()));
    return type.cast(made);
  }

  private ResultSet rows(String value) {
    ResultSetMetaData columns =
        fake(ResultSetMetaData.class, Map.of("getColumnType", Types.VARCHAR));
    Object made =
        Proxy.newProxyInstance(
            TableLimitTest.class.getClassLoader(),
            new Class<?>[] {ResultSet.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "next" -> ++asked <= ROWS;
                  case "getString" -> arguments[0].equals(1) ? "k" + asked : value;
                  case "getMetaData" -> columns;
                  default -> null;
                });
    return (ResultSet) made;
  }

  private Connection connection(String value) {
    PreparedStatement statement =
        fake(PreparedStatement.class, Map.of("executeQuery", rows(value)));
    DatabaseMetaData database =
        fake(DatabaseMetaData.class, Map.of("getIdentifierQuoteString", "\""));
    return fake(Connection.class, Map.of("prepareStatement", statement, "getMetaData", database));
  }

  @ParameterizedTest
  @CsvSource({"v, 6", "vvvvvvvvvvvvvvvvvvvv, 3"})
  void rows_thatAreTooMany_areNotAllAskedFor(String value, int expected) {
    ReadOptions options = ReadOptions.DEFAULT.withLimits(new Limits(50, 8, 5));
    Sink sink = fake(Sink.class, Map.of("readOptions", options));
    TableReader reader = new TableReader(Table.of("config"), sink, "db", "db");
    ConfigException e = assertThrows(ConfigException.class, () -> reader.read(connection(value)));
    assertEquals(ErrorCode.LIMIT, e.code());
    assertEquals(expected, asked);
  }
}
