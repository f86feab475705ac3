/** The rows of a table in PostgreSQL as a layer, which follows notices. */
module dev.gimbal.source.postgres {
  requires transitive dev.gimbal.source.jdbc;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;
  requires org.postgresql.jdbc;

  exports dev.gimbal.source.postgres;
  exports dev.gimbal.source.postgres.socket to
      org.postgresql.jdbc;

  provides dev.gimbal.source.SourceProvider with
      dev.gimbal.source.postgres.PostgresProvider;
}
