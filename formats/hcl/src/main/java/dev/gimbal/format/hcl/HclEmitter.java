package dev.gimbal.format.hcl;

import dev.gimbal.ErrorCode;
import dev.gimbal.format.TreeBuilder;
import dev.gimbal.format.hcl.HclBody.Blocks;
import dev.gimbal.format.hcl.HclBody.Member;
import java.util.List;

/** Hands a document that was read to a builder. Used by one thread. */
final class HclEmitter {

  private static final String LEADING_ZERO =
      "a number that begins with 0: HCL 2 reads it as decimal, HCL 1 as octal";

  private final String text;
  private final TreeBuilder out;

  HclEmitter(String text, TreeBuilder out) {
    this.text = text;
    this.out = out;
  }

  void emit(HclBody body) {
    out.beginObject(body.place.line(), body.place.column());
    for (Member member : body.members) {
      out.key(member.name(), member.place().line(), member.place().column());
      if (member.value() != null) {
        value(member.value());
      } else if (member.blocks() != null) {
        blocks(member.blocks());
      }
    }
    out.end();
  }

  /**
   * Labels are objects around their blocks. Blocks with fewer labels than others of their type
   * stand under the label {@code ""}.
   */
  private void blocks(Blocks blocks) {
    if (blocks.byLabel.isEmpty()) {
      bodies(blocks);
      return;
    }
    out.beginObject(blocks.place.line(), blocks.place.column());
    if (!blocks.bodies.isEmpty()) {
      HclPlace first = blocks.bodies.get(0).place;
      out.key("", first.line(), first.column());
      bodies(blocks);
    }
    blocks.byLabel.forEach(
        (label, below) -> {
          out.key(label, below.named.line(), below.named.column());
          blocks(below);
        });
    out.end();
  }

  /** One block is an object, several are a list of objects. */
  private void bodies(Blocks blocks) {
    List<HclBody> bodies = blocks.bodies;
    if (bodies.size() == 1) {
      emit(bodies.get(0));
      return;
    }
    HclPlace first = bodies.get(0).place;
    out.beginList(first.line(), first.column());
    bodies.forEach(this::emit);
    out.end();
  }

  private void value(HclNode node) {
    int line = node.place().line();
    int column = node.place().column();
    switch (node.kind()) {
      case NULL -> out.nullValue(line, column);
      case BOOL -> out.bool(text.charAt(node.from()) == 't', line, column);
      case NUMBER, NEGATIVE -> {
        if (HclText.hasLeadingZero(text, node)) {
          out.warn(ErrorCode.ODD_NUMBER, line, column, LEADING_ZERO);
        }
        out.number(HclText.number(text, node), line, column);
      }
      case QUOTED, HEREDOC, FLUSH_HEREDOC -> out.literal(HclText.string(text, node), line, column);
      case NAME, EXPRESSION -> out.literal(HclText.mark(text, node), line, column);
      case TUPLE -> {
        out.beginList(line, column);
        node.items().forEach(this::value);
        out.end();
      }
      case OBJECT -> {
        out.beginObject(line, column);
        for (int i = 0; i < node.items().size(); i += 2) {
          HclNode key = node.items().get(i);
          out.key(HclText.key(text, key), key.place().line(), key.place().column());
          value(node.items().get(i + 1));
        }
        out.end();
      }
    }
  }
}
