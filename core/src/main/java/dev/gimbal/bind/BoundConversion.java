package dev.gimbal.bind;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a value of a bound type from an object, with all that is wrong with its members. */
record BoundConversion(Blueprint blueprint, Conversions conversions) implements Conversion {

  @Override
  public Object convert(Node node) throws ConversionException {
    if (!(node instanceof ObjectNode object)) {
      throw Failures.wrong(node, "an object");
    }
    return make(object);
  }

  /** The value where nothing is written: of defaults alone. */
  private Object makeOfNothing() throws ConversionException {
    return make(null);
  }

  private Object make(@Nullable ObjectNode object) throws ConversionException {
    Failures failures = new Failures();
    List<Member> members = blueprint.members();
    @Nullable Object[] values = new Object[members.size()];
    for (int i = 0; i < values.length && !failures.isFull(); i++) {
      values[i] = read(object, members.get(i), failures);
    }
    failures.throwIfAny();
    return called(object, values);
  }

  private @Nullable Object read(@Nullable ObjectNode object, Member member, Failures failures) {
    List<String> keys = object == null ? List.of() : member.keys(object);
    String key = keys.isEmpty() ? member.name() : keys.get(0);
    try {
      if (object == null || keys.isEmpty()) {
        return ofAbsent(object, member);
      }
      if (keys.size() == 1) {
        Node node = Objects.requireNonNull(object.get(key));
        return conversions.conversion(member.type()).convert(node);
      }
      failures.addTooMany(object, keys);
    } catch (ConversionException e) {
      failures.addAll(ConfigPath.ROOT.child(key), e);
    }
    return null;
  }

  private @Nullable Object ofAbsent(@Nullable ObjectNode object, Member member)
      throws ConversionException {
    Conversion conversion = conversions.conversion(member.type());
    Node defaultNode = member.defaultNode();
    if (defaultNode != null) {
      return conversion.convert(defaultNode);
    }
    Object absent = conversions.absent(member.type());
    if (absent != null) {
      return absent;
    }
    if (member.absence() != Member.Absence.ERROR) {
      return member.absence() == Member.Absence.NULL ? null : Blueprint.LEFT_OUT;
    }
    List<String> unread = object == null ? List.of() : unread(object);
    if (conversion instanceof BoundConversion bound) {
      try {
        return bound.makeOfNothing();
      } catch (ConversionException e) {
        throw Failures.offering(e, unread);
      }
    }
    throw Failures.absent(Conversions.expected(conversion), unread, null);
  }

  /** The keys of an object that no member reads: one of them may be meant. */
  private List<String> unread(ObjectNode object) {
    Set<String> read = new HashSet<>();
    blueprint.members().forEach(member -> read.addAll(member.keys(object)));
    List<String> unread = new ArrayList<>(object.keys());
    unread.removeIf(read::contains);
    return unread;
  }

  private Object called(@Nullable ObjectNode object, @Nullable Object[] values)
      throws ConversionException {
    String reason;
    try {
      return blueprint.maker().make(values);
    } catch (InvocationTargetException thrown) {
      reason = reason(thrown.getCause());
    } catch (VirtualMachineError | LinkageError failed) { // thrown before or beside the user's code
      reason = failed.getClass().getName();
    } catch (ReflectiveOperationException impossible) { // access was tried when it was planned
      throw new IllegalStateException(impossible);
    }
    String expected = "values that " + Blueprint.name(blueprint.type()) + " takes";
    throw object == null
        ? Failures.absent(expected, List.of(), reason)
        : Failures.wrongWhole(object, expected, reason);
  }

  /** In the words of what was thrown, where these are for whoever wrote the value. */
  private static String reason(@Nullable Throwable thrown) {
    String name = thrown == null ? "nothing" : thrown.getClass().getName();
    String message = thrown == null || thrown instanceof Error ? null : thrown.getMessage();
    if (message == null) {
      return name;
    }
    boolean plain =
        thrown instanceof IllegalArgumentException || thrown instanceof DateTimeException;
    return plain ? message : name + ": " + message;
  }
}
