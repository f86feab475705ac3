package dev.gimbal.source.jdbc.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.source.jdbc.Table;
import dev.gimbal.source.store.StoreKeys;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What databases are asked that are not there: a driver says what it is, and notes it. */
class TableSqlTest {

  private final List<Object> parameters = new ArrayList<>();

  private Connection of(String product) {
    return proxy(
        Connection.class,
        (method, arguments) ->
            switch (method) {
              case "getMetaData" ->
                  proxy(
                      DatabaseMetaData.class,
                      (asked, none) -> asked.equals("getDatabaseProductName") ? product : "'");
              case "prepareStatement" ->
                  proxy(
                      PreparedStatement.class,
                      (set, values) -> {
                        parameters.add(values[1]);
                        return null;
                      });
              default -> throw new AssertionError(method);
            });
  }

  /** What a driver answers. */
  @FunctionalInterface
  private interface Answer {
    Object to(String method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            TableSqlTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answer.to(method.getName(), arguments)));
  }

  private List<Object> pattern(String product, String prefix) throws Exception {
    Connection connection = of(product);
    Table table = Table.of("config").keys(StoreKeys.tree(prefix, '.'));
    TableSql.of(table, connection).rows(connection, "value");
    return parameters;
  }

  @Test
  void prefix_withABracket_isNoSetOfCharactersInSqlServer() throws Exception {
    assertEquals(List.of("100!%![a].%"), pattern("Microsoft SQL Server", "100%[a]"));
  }

  @Test
  void prefix_withABracket_isNotEscapedElsewhere_whereThatIsAnError() throws Exception {
    assertEquals(List.of("100!%[a].%"), pattern("PostgreSQL", "100%[a]"));
  }
}
