/** The rows of a table as a layer, in any database that has a JDBC driver. */
@SuppressWarnings("module") // who is named in exports comes later
module dev.gimbal.source.jdbc {
  requires transitive dev.gimbal.source.store;
  requires transitive java.sql;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.gimbal.source.jdbc;
  exports dev.gimbal.source.jdbc.table to
      dev.gimbal.source.postgres;

  provides dev.gimbal.source.SourceProvider with
      dev.gimbal.source.jdbc.JdbcProvider;
}
