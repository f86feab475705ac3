package dev.gimbal.source.jdbc.table;

import dev.gimbal.source.jdbc.Table;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The statements for a table in one database. Immutable. */
final class TableSql {

  /** The column of a row that has its scope, if there is one. */
  static final int SCOPE = 3;

  /** What a pattern of LIKE gives a meaning to; others must not be escaped. */
  private static final String WILD = "[!%_]";

  /** There an opened bracket begins a set of characters. */
  private static final String WILD_IN_SQL_SERVER = "[!%_\\[]";

  private final Table table;
  private final String quote;
  private final String wild;

  private TableSql(Table table, String quote, String wild) {
    this.table = table;
    this.quote = quote;
    this.wild = wild;
  }

  static TableSql of(Table table, Connection connection) throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    boolean isSqlServer = "Microsoft SQL Server".equals(database.getDatabaseProductName());
    String wild = isSqlServer ? WILD_IN_SQL_SERVER : WILD;
    return new TableSql(table, database.getIdentifierQuoteString(), wild);
  }

  /** A name as the database quotes it. One that does not quote takes plain names only. */
  private String quoted(String name) throws SQLException {
    if (!quote.isBlank()) {
      return quote + name.replace(quote, quote + quote) + quote;
    }
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new SQLException(
          "this database does not quote names, which " + name + " needs", "42602");
    }
    return name;
  }

  private String from() throws SQLException {
    StringBuilder from = new StringBuilder();
    for (String part : table.parts()) {
      from.append(from.length() == 0 ? "" : ".").append(quoted(part));
    }
    return from.toString();
  }

  /** The rows of the layer: their keys, and a column. */
  PreparedStatement rows(Connection connection, String column) throws SQLException {
    String key = quoted(table.keyColumn());
    String prefix = table.keys().prefix();
    boolean one = !table.keys().isTree();
    String sql = select(column) + " WHERE ";
    if (one) {
      sql += key + " = ?";
    } else {
      sql += prefix.isEmpty() ? key + " IS NOT NULL" : key + " LIKE ? ESCAPE '!'";
    }
    String start = one ? prefix : prefix.replaceAll(wild, "!$0") + "%";
    return statement(connection, sql, one || !prefix.isEmpty() ? List.of(start) : List.of());
  }

  PreparedStatement value(Connection connection, String key) throws SQLException {
    return statement(connection, select(table.valueColumn()) + where(), List.of(key));
  }

  PreparedStatement delete(Connection connection, String key) throws SQLException {
    return statement(connection, "DELETE FROM " + from() + where(), List.of(key));
  }

  /** The first parameter is the value. */
  PreparedStatement update(Connection connection, String key) throws SQLException {
    String set = " SET " + quoted(table.valueColumn()) + " = ?";
    return statement(connection, 2, "UPDATE " + from() + set + where(), List.of(key));
  }

  /** The first parameter is the value. */
  PreparedStatement insert(Connection connection, String key) throws SQLException {
    Table.Scope scope = table.scope();
    String columns = quoted(table.valueColumn()) + ", " + quoted(table.keyColumn());
    String sql = "INSERT INTO " + from() + " (" + columns;
    sql += scope == null ? ") VALUES (?, ?)" : ", " + quoted(scope.column()) + ") VALUES (?, ?, ?)";
    PreparedStatement insert = connection.prepareStatement(sql);
    insert.setString(2, key);
    if (scope != null) {
      insert.setString(3, scope.value());
    }
    return insert;
  }

  private String select(String column) throws SQLException {
    Table.Scope scope = table.scope();
    String third = scope == null ? "" : ", " + quoted(scope.column());
    return "SELECT "
        + quoted(table.keyColumn())
        + ", "
        + quoted(column)
        + third
        + " FROM "
        + from();
  }

  private String where() throws SQLException {
    return " WHERE " + quoted(table.keyColumn()) + " = ?";
  }

  private PreparedStatement statement(Connection connection, String sql, List<String> parameters)
      throws SQLException {
    return statement(connection, 1, sql, parameters);
  }

  /** A statement that ends in a condition, with that of the scope. */
  private PreparedStatement statement(
      Connection connection, int first, String sql, List<String> parameters) throws SQLException {
    Table.Scope scope = table.scope();
    String and = scope == null ? "" : " AND " + quoted(scope.column()) + " = ?";
    PreparedStatement statement = connection.prepareStatement(sql + and);
    int next = first;
    for (String parameter : parameters) {
      statement.setString(next++, parameter);
    }
    if (scope != null) {
      statement.setString(next, scope.value());
    }
    return statement;
  }

  /** What messages call the table. */
  String shown() {
    return table.parts().stream().collect(Collectors.joining("."));
  }
}
