package dev.gimbal.format.xml;

import dev.gimbal.testing.FormatTester;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.CharacterData;
import org.w3c.dom.Comment;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** What two readers make of a document; or what they say against it. */
record Reference(@Nullable Object values, String problem) {

  private static final FormatTester TESTER = new FormatTester(new XmlFormat());

  static Reference ours(String text) {
    List<String> problems = TESTER.problems(text);
    return problems.isEmpty()
        ? new Reference(TESTER.map(text), "")
        : new Reference(null, problems.get(0));
  }

  /** What the JDK's parser reads, put in order by the rules of the specification. */
  static Reference theirs(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute("jdk.xml.elementAttributeLimit", "0");
      factory.setAttribute("jdk.xml.maxElementDepth", "0");
      factory.setAttribute("jdk.xml.maxXMLNameLimit", "1000000");
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      InputStream source = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      Element root = builder.parse(source).getDocumentElement();
      return new Reference(object(root, preserves(root, false)), "");
    } catch (SAXException | UnsupportedEncodingException e) {
      return new Reference(null, String.valueOf(e.getMessage()));
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean agreesWith(Reference other) {
    return Objects.equals(values, other.values);
  }

  private static boolean preserves(Element element, boolean inherited) {
    String space = element.getAttribute("xml:space");
    return space.isEmpty() ? inherited : space.equals("preserve");
  }

  private static Object value(Element element, boolean inherited) {
    boolean preserves = preserves(element, inherited);
    boolean elements = element.getElementsByTagName("*").getLength() > 0;
    if (elements || !attributes(element).isEmpty()) {
      return object(element, preserves);
    }
    String text = element.getTextContent();
    return preserves ? text : trimmed(text);
  }

  private static Map<String, Object> object(Element element, boolean preserves) {
    Map<String, List<Object>> byName = new TreeMap<>();
    for (Attr attribute : attributes(element)) {
      byName.computeIfAbsent(attribute.getName(), n -> new ArrayList<>()).add(attribute.getValue());
    }
    List<String> texts = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        byName
            .computeIfAbsent(child.getTagName(), n -> new ArrayList<>())
            .add(value(child, preserves));
        texts.add(run.toString());
        run.setLength(0);
      } else if (node instanceof CharacterData data && !(node instanceof Comment)) {
        run.append(data.getData());
      }
    }
    texts.add(run.toString());
    texts.removeIf(text -> trimmed(text).isEmpty());
    if (!preserves) {
      texts.replaceAll(Reference::trimmed);
    }
    Map<String, Object> values = new TreeMap<>();
    byName.forEach((name, all) -> values.put(name, all.size() == 1 ? all.get(0) : all));
    if (!texts.isEmpty()) {
      values.put("", String.join(" ", texts));
    }
    return values;
  }

  private static List<Attr> attributes(Element element) {
    List<Attr> attributes = new ArrayList<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Attr attribute = (Attr) element.getAttributes().item(i);
      String name = attribute.getName();
      if (!name.equals("xmlns") && !name.startsWith("xmlns:") && !name.equals("xml:space")) {
        attributes.add(attribute);
      }
    }
    return attributes;
  }

  private static String trimmed(String text) {
    return text.replaceAll("\\A[ \t\r\n]+", "").replaceAll("[ \t\r\n]+\\z", "");
  }
}
