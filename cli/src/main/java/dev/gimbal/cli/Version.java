package dev.gimbal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this program, from the description that its jar carries. */
final class Version {

  private static final String RESOURCE = "/META-INF/maven/dev.gimbal/gimbal-cli/pom.properties";

  private Version() {}

  /** Such as {@code 0.1.0}; {@code (development)} outside a jar. */
  static String installed() {
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "(development)");
    } catch (IOException e) {
      return "(development)";
    }
  }
}
