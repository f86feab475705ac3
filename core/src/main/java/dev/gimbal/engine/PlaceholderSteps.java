package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.engine.PlaceholderCell.Place;
import dev.gimbal.engine.PlaceholderParser.Kind;
import dev.gimbal.engine.PlaceholderParser.Part;
import dev.gimbal.engine.PlaceholderParser.Ref;
import dev.gimbal.engine.Placeholders.Index;
import dev.gimbal.engine.Placeholders.Outside;
import dev.gimbal.engine.Placeholders.Step;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells how the placeholders at a place are resolved. Used by one thread, for one place. */
final class PlaceholderSteps {

  /** Enough for people to read. */
  private static final int MAX_STEPS = 1_000;

  private static final String UNRESOLVED = "(unresolved)";

  private final ObjectNode merged;
  private final PlaceholderRun run;
  private final List<Step> steps = new ArrayList<>();
  private final Set<ConfigPath> told = new HashSet<>();

  PlaceholderSteps(ObjectNode merged, Outside outside) {
    this.merged = merged;
    this.run = new PlaceholderRun(Placeholders.EMPTY, merged, Set.of(), Index.EMPTY, outside);
  }

  /** Of the template at a place or on the way to it; none when there is none. */
  List<Step> at(ConfigPath path) {
    Node node = merged;
    for (int i = 0; i <= path.size() && node != null; i++) {
      if (node instanceof Scalar scalar) {
        if (scalar.hasTemplates()) {
          run.evaluate(path.prefix(i), scalar);
          template(run.cell(path.prefix(i), scalar));
        }
        break;
      }
      node = i == path.size() ? null : Nodes.child(node, path, i);
    }
    return List.copyOf(steps);
  }

  private void template(PlaceholderCell cell) {
    if (cell.failed || !told.add(cell.path)) {
      return;
    }
    parts(cell, PlaceholderParser.parse(cell.template.text()));
  }

  private void parts(PlaceholderCell cell, List<Part> parts) {
    for (Part part : parts) {
      if (part instanceof Ref ref && steps.size() < MAX_STEPS) {
        placeholder(cell, ref);
      }
    }
  }

  private void placeholder(PlaceholderCell cell, Ref ref) {
    parts(cell, ref.name());
    List<PlaceholderCell> passed = new ArrayList<>();
    ConfigPath path = null;
    Place place = null;
    boolean fallback = false;
    String shown = UNRESOLVED;
    run.begin(cell);
    try {
      if (ref.kind() == Kind.PATH) {
        path = run.path(ref);
        place = run.find(path, passed);
      }
      fallback = place == null && run.outside(ref) == null;
      Node value = run.resolved(ref);
      shown = value instanceof Scalar scalar ? scalar.text() : value.toString();
    } catch (PlaceholderCell.Stop problem) {
      // shown as unresolved
    } finally {
      run.end();
    }
    boolean secret = fallback && new PlaceholderSecrets(merged).in(List.of(ref));
    steps.add(new Step(ref.written(), path, shown, secret));
    passed.forEach(this::template);
    if (place != null && place.node() instanceof Scalar scalar && scalar.hasTemplates()) {
      template(run.cell(place.path(), scalar));
    }
    List<Part> parts = ref.fallback();
    if (fallback && parts != null) {
      parts(cell, parts);
    }
  }
}
