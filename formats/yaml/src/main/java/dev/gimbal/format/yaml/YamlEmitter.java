package dev.gimbal.format.yaml;

import dev.gimbal.format.TreeBuilder;
import java.util.ArrayDeque;
import java.util.Deque;

/** Hands composed nodes to a builder, without recursion. Aliased nodes go there each time. */
final class YamlEmitter {

  private static final class Step {
    final YamlNode node;
    int next;

    Step(YamlNode node) {
      this.node = node;
    }
  }

  private YamlEmitter() {}

  static void emit(YamlNode root, TreeBuilder out) {
    Deque<Step> open = new ArrayDeque<>();
    begin(root, out, open);
    while (!open.isEmpty()) {
      Step step = open.element();
      if (step.next == step.node.items.size()) {
        out.end();
        open.pop();
        continue;
      }
      boolean key = step.node.kind == YamlNode.Kind.MAP && step.next % 2 == 0;
      YamlNode node = step.node.items.get(step.next++);
      if (key) {
        out.key(node.text, node.line, node.column);
      } else {
        begin(node, out, open);
      }
    }
  }

  private static void begin(YamlNode node, TreeBuilder out, Deque<Step> open) {
    switch (node.kind) {
      case SCALAR -> YamlScalars.emit(node.text, node.plain, node.tag, out, node.line, node.column);
      case LIST -> {
        out.beginList(node.line, node.column);
        open.push(new Step(node));
      }
      case MAP -> {
        out.beginObject(node.line, node.column);
        open.push(new Step(node));
      }
    }
  }
}
