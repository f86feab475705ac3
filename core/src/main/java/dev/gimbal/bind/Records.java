package dev.gimbal.bind;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Records, by their canonical constructor. */
final class Records {

  private Records() {}

  static Blueprint blueprint(Class<?> type, Map<TypeVariable<?>, Type> arguments) {
    RecordComponent[] components = type.getRecordComponents();
    List<Member> members = new ArrayList<>();
    for (RecordComponent component : components) {
      members.add(
          Member.of(
              type,
              component.getName(),
              Types.resolve(component.getGenericType(), arguments),
              Member.Absence.ERROR,
              component,
              component.getAnnotatedType()));
    }
    Constructor<?> constructor = Access.open(canonical(type, components));
    return new Blueprint(type, Member.told(type, members), constructor::newInstance);
  }

  private static Constructor<?> canonical(Class<?> type, RecordComponent[] components) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException missing) { // a native image without metadata for it
      throw new IllegalArgumentException(
          "type: " + type.getTypeName() + " (expected: a record whose constructor is there)",
          missing);
    }
  }
}
