package dev.gimbal.format.xml;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code <?xml version="1.0" ...?>}, which stands at the very begin. Used by one thread. */
final class XmlDeclaration {

  private static final Pattern VERSION = Pattern.compile("1\\.[0-9]+");
  private static final Pattern ENCODING = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");
  private static final Pattern STANDALONE = Pattern.compile("yes|no");

  /** What any document of ASCII may begin with. */
  private static final String ASCII = "<?xml";

  private final XmlScanner scanner;

  XmlDeclaration(XmlScanner scanner) {
    this.scanner = scanner;
  }

  void read() {
    if (!scanner.skip("<?xml ")
        && !scanner.skip("<?xml\t")
        && !scanner.skip("<?xml\n")
        && !scanner.skip("<?xml\r")) {
      return;
    }
    scanner.skipBlanks();
    if (value("version", VERSION) == null) {
      throw scanner.unexpected("version=\"1.0\"");
    }
    boolean blank = scanner.skipBlanks();
    int at = scanner.at();
    String encoding = blank ? value("encoding", ENCODING) : null;
    if (encoding != null) {
      require(encoding, at);
      blank = scanner.skipBlanks();
    }
    if (blank && value("standalone", STANDALONE) != null) {
      scanner.skipBlanks();
    }
    scanner.require("?>", "?> of the XML declaration");
  }

  /** The value of one part of the declaration; null if another stands here. */
  private @Nullable String value(String name, Pattern pattern) {
    if (!scanner.skip(name)) {
      return null;
    }
    scanner.skipBlanks();
    scanner.require("=", "'=' after " + name);
    scanner.skipBlanks();
    int at = scanner.at();
    String value = scanner.quoted().text();
    if (!pattern.matcher(value).matches()) {
      throw scanner.malformed(at, "found something else, expected a value of " + name);
    }
    return value;
  }

  /** The document is UTF-8; what says otherwise may be right as long as all of it is ASCII. */
  private void require(String encoding, int at) {
    Charset charset = Charset.isSupported(encoding) ? Charset.forName(encoding) : null;
    byte[] ascii = ASCII.getBytes(StandardCharsets.US_ASCII);
    if (charset == null
        || !new String(ascii, charset).equals(ASCII)
        || !charset.equals(StandardCharsets.UTF_8) && scanner.isBeyondAscii()) {
      throw scanner.malformed(at, "found another encoding, expected UTF-8");
    }
  }
}
