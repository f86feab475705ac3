package dev.gimbal.format.hcl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a block, or in the document, its blocks put together by their types and labels.
 * Used by one thread.
 */
final class HclBody {

  /** A name with what it stands for: an attribute's value, or blocks. */
  record Member(String name, HclPlace place, @Nullable HclNode value, @Nullable Blocks blocks) {}

  /** The blocks of one type and the same labels so far, or what their next labels lead to. */
  static final class Blocks {

    /** Where the first of them begins. */
    final HclPlace place;

    /** Where their type, or their last label so far, stands first. */
    final HclPlace named;

    final List<HclBody> bodies = new ArrayList<>();
    final Map<String, Blocks> byLabel = new LinkedHashMap<>();

    Blocks(HclPlace place, HclPlace named) {
      this.place = place;
      this.named = named;
    }
  }

  /** Where the block begins, with its type. */
  final HclPlace place;

  /** In the order in which their names stand first. */
  final List<Member> members = new ArrayList<>();

  private final Map<String, Blocks> byType = new HashMap<>();

  HclBody(HclPlace place) {
    this.place = place;
  }

  void attribute(String name, HclPlace named, HclNode value) {
    members.add(new Member(name, named, value, null));
  }

  /** The blocks of a type; those of a new type come after all members so far. */
  Blocks blocks(String type, HclPlace named) {
    Blocks blocks = byType.get(type);
    if (blocks == null) {
      blocks = new Blocks(named, named);
      byType.put(type, blocks);
      members.add(new Member(type, named, null, blocks));
    }
    return blocks;
  }
}
