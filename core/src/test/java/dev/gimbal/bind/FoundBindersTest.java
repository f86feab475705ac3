package dev.gimbal.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which binders are found, and what is passed over. */
class FoundBindersTest {

  public record Made(String by) {}

  public record Other(String by) {}

  /** Makes a type whose {@code by} is this, whatever is written. */
  private record ByBinder(Class<?> type) implements Binder {

    @Override
    public List<Member> members(Type... arguments) {
      return List.of(new Member("by", false, String.class, Member.Absence.ERROR, null, false));
    }

    @Override
    public Object make(@Nullable Object[] values) throws Throwable {
      return type.getDeclaredConstructor(String.class).newInstance("a binder");
    }
  }

  public static final class Good implements Binders {
    @Override
    public List<Binder> all() {
      return List.of(new ByBinder(Made.class));
    }
  }

  public static final class NoBinders {}

  public abstract static class Abstract implements Binders {}

  public static final class Hidden implements Binders {
    private Hidden() {}

    @Override
    public List<Binder> all() {
      return List.of();
    }
  }

  public static final class Throwing implements Binders {
    public Throwing() {
      throw new IllegalStateException();
    }

    @Override
    public List<Binder> all() {
      return List.of();
    }
  }

  /** As one whose binder is lost. */
  public static final class Unlinked implements Binders {
    @Override
    public List<Binder> all() {
      throw new NoClassDefFoundError("Made_Binder");
    }
  }

  /** As one whose type is lost. */
  public static final class Untyped implements Binders {
    @Override
    public List<Binder> all() {
      return List.of(
          new Binder() {
            @Override
            public Class<?> type() {
              throw new NoClassDefFoundError("Made");
            }

            @Override
            public List<Member> members(Type... arguments) {
              return List.of();
            }

            @Override
            public Object make(@Nullable Object[] values) {
              return this;
            }
          });
    }
  }

  private static final List<String> BROKEN =
      List.of(
          "no.such.Class",
          "not a name",
          NoBinders.class.getName(),
          Abstract.class.getName(),
          Hidden.class.getName(),
          Throwing.class.getName(),
          Unlinked.class.getName(),
          Untyped.class.getName());

  /** Has the classes of this test anew, and files of services. */
  private static class Own extends ClassLoader {

    private final List<String> files;
    private int asked;

    Own(String... files) {
      super(FoundBindersTest.class.getClassLoader());
      this.files = List.of(files);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(FoundBindersTest.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = Objects.requireNonNull(in).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
      if (!name.equals("META-INF/services/" + Binders.class.getName())) {
        return super.findResources(name);
      }
      asked++;
      if (files.isEmpty()) {
        throw new IOException("no folder");
      }
      List<URL> urls = new ArrayList<>();
      for (String text : files) {
        urls.add(new URL("text", "", -1, "/" + urls.size(), new Text(text)));
      }
      return Collections.enumeration(urls);
    }
  }

  private static final class Text extends URLStreamHandler {

    private final String text;

    Text(String text) {
      this.text = text;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
      };
    }
  }

  /** Who makes a type of this loader. */
  private static String by(Own loader, Class<?> like) throws Exception {
    Class<?> type = loader.loadClass(like.getName());
    assertNotSame(like, type);
    Object made =
        Conversions.installed(List.of())
            .convert(Binding.node(Map.of("by", "reflection")), (Type) type);
    assertSame(type, made.getClass());
    return made.toString();
  }

  @Test
  void aBinder_isFound_byTheLoaderOfItsType() throws Exception {
    assertEquals("Made[by=a binder]", by(new Own(Good.class.getName()), Made.class));
    assertEquals("Other[by=reflection]", by(new Own(Good.class.getName()), Other.class));
  }

  @Test
  void aListThatIsBroken_isPassedOver() throws Exception {
    int cases = 0;
    for (String broken : BROKEN) {
      assertEquals("Made[by=reflection]", by(new Own(broken), Made.class), broken);
      Own withGood = new Own(broken, Good.class.getName());
      assertEquals("Made[by=a binder]", by(withGood, Made.class), broken);
      cases++;
    }
    assertEquals(8, cases);
  }

  @Test
  void filesThatCannotBeRead_areAskedForAHundredTimes() throws Exception {
    Own loader = new Own();
    assertEquals("Made[by=reflection]", by(loader, Made.class));
    assertEquals(100, loader.asked);
  }

  /** Its type has the same name there, and is another. */
  @Test
  void aBinderOfAnotherLoadersType_isPassedOver() throws Exception {
    Own other = new Own(Good.class.getName());
    Own loader =
        new Own(Good.class.getName()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(Good.class.getName()) || name.startsWith(ByBinder.class.getName())
                ? other.loadClass(name, resolve)
                : super.loadClass(name, resolve);
          }
        };
    assertEquals("Made[by=reflection]", by(loader, Made.class));
    assertEquals("Made[by=a binder]", by(other, Made.class));
  }
}
