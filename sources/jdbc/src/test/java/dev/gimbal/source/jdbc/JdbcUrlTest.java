package dev.gimbal.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.source.SourceSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JdbcUrlTest {

  private static String trace(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  @Test
  void url_thatShowsWhoLogsIn_isRefused_andNotShown() {
    for (String url :
        List.of(
            "mariadb://localhost/db?password=hunter2",
            "jdbc:mariadb://localhost/db?password=hunter2",
            "jdbc:sqlserver://localhost;Password=hunter2",
            "jdbc:mariadb://root:hunter2@localhost/db",
            "jdbc:mariadb://root:hunter2/@localhost/db",
            "jdbc:mariadb://hunter2:@localhost/db",
            "jdbc:oracle:thin:scott/hunter2@//localhost/db",
            "jdbc:oracle:thin:scott/hunter2/@//localhost/db",
            "jdbc:oracle:thin:scott/hunter2:@//localhost/db",
            "jdbc:oracle:thin:@hunter2:@//localhost/db")) {
      ConfigException e = assertThrows(ConfigException.class, () -> new JdbcSource(url, Map.of()));
      assertEquals(ErrorCode.SOURCE_SPEC, e.code());
      assertFalse(trace(e).contains("hunter2"), trace(e));
    }
  }

  @Test
  void url_thatNoDriverKnows_saysWhereToPutOne() {
    for (String url : List.of("jdbc:nobody://hunter2/db;a=hunter2", "jdbc:nobody:x")) {
      SQLException e =
          assertThrows(SQLException.class, () -> JdbcUrl.of(url, Map.of("a", "hunter2")).open());
      assertEquals(
          "there is no driver for jdbc:nobody: on the class path; the command takes its jar from"
              + " GIMBAL_CLASS_PATH",
          e.getMessage());
      assertEquals("08001", e.getSQLState());
    }
  }

  @Test
  void uri_withWrongOptions_isRefused() {
    String uri = "jdbc:mariadb://localhost/db?";
    for (String options :
        List.of(
            "tabel=config",
            "table=a.b.",
            "table=",
            "keyColumn=",
            "scope=shop",
            "scopeColumn=app",
            "separator=..",
            "row=app.yaml",
            "as=document",
            "as=document&row=app.yaml&prefix=a",
            "versionColumn=a&versionQuery=b",
            "poll=0s",
            "timeout=-1s")) {
      ConfigException e =
          assertThrows(
              ConfigException.class,
              () -> new JdbcProvider().create(SourceSpec.parse(uri + options)),
              options);
      assertEquals(ErrorCode.SOURCE_SPEC, e.code(), options);
    }
    JdbcSource made =
        (JdbcSource) new JdbcProvider().create(SourceSpec.parse(uri + "table=app.config"));
    assertEquals("jdbc:mariadb://localhost/db?table=app.config", made.name());
  }

  @Test
  void url_ofOracle_isTaken() {
    for (String url :
        List.of("jdbc:oracle:thin:@//localhost:1521/db", "jdbc:oracle:thin:/@localhost:1521:db")) {
      assertEquals(url + "?table=config", new JdbcSource(url, Map.of()).name());
    }
  }
}
