package dev.gimbal.format.hocon;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.TreeBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The document that is read and those that it includes: counts what they hold, and tells the
 * builder in which one something stands. Used by one thread.
 */
final class HoconDocuments {

  private final TreeBuilder out;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private int nodes;

  HoconDocuments(TreeBuilder out) {
    this.out = out;
    number(out.document(), 0);
  }

  /**
   * The number of a document.
   *
   * @param place where it is included
   */
  int number(String name, long place) {
    Integer number = numbers.putIfAbsent(name, names.size());
    if (number != null) {
      return number;
    }
    if (names.size() == HoconValue.MAX_DOCUMENTS) {
      throw error(ErrorCode.LIMIT, place, "more includes than " + HoconValue.MAX_DOCUMENTS);
    }
    names.add(name);
    return names.size() - 1;
  }

  /** The builder, told in which document a place is. */
  TreeBuilder at(long place) {
    return out.in(names.get(HoconValue.document(place)));
  }

  void requireDepth(int depth, long place) {
    if (depth > out.options().limits().maxDepth()) {
      throw at(place).tooDeep(HoconValue.line(place), HoconValue.column(place));
    }
  }

  void count(long place) {
    if (++nodes > out.options().limits().maxNodes()) {
      throw at(place).tooMany(HoconValue.line(place), HoconValue.column(place));
    }
  }

  ConfigException malformed(long place, String message) {
    return error(ErrorCode.MALFORMED, place, message);
  }

  /**
   * A malformed document.
   *
   * @param begin where that begins, in the same document, which is not closed
   */
  ConfigException malformed(long place, String message, long begin) {
    return at(place)
        .malformed(
            HoconValue.line(place),
            HoconValue.column(place),
            message,
            HoconValue.line(begin),
            HoconValue.column(begin));
  }

  ConfigException error(ErrorCode code, long place, String message) {
    return at(place).error(code, HoconValue.line(place), HoconValue.column(place), message);
  }
}
