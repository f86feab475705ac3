package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.engine.PlaceholderCell.Place;
import dev.gimbal.engine.PlaceholderParser.Kind;
import dev.gimbal.engine.PlaceholderParser.Part;
import dev.gimbal.engine.PlaceholderParser.Ref;
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
import org.jspecify.annotations.Nullable;

/** Tells how the placeholders at a place are resolved. Used by one thread, for one place. */
final class PlaceholderSteps {

  /** Enough for people to read. */
  private static final int MAX_STEPS = 1_000;

  private final ObjectNode merged;
  private final PlaceholderSecrets secrets;
  private final PlaceholderRun run;
  private final List<Step> steps = new ArrayList<>();
  private final Set<ConfigPath> told = new HashSet<>();

  /** Whether what does not resolve is told as well. */
  private final boolean failedToo;

  /** Whether a secret is made of what is told now. */
  private boolean withinSecret;

  PlaceholderSteps(PlaceholderSecrets secrets, Outside outside, boolean failedToo) {
    this.merged = secrets.merged();
    this.secrets = secrets;
    this.failedToo = failedToo;
    this.run = PlaceholderRun.of(secrets, outside);
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
    if (cell.failed && !failedToo || !told.add(cell.path)) {
      return;
    }
    boolean outer = withinSecret;
    withinSecret |= cell.template.isSecret() || secrets.isSecret(cell.path);
    try {
      List<Part> parts = PlaceholderParser.parse(cell.template.text());
      List<Part> failing = cell.failed ? failing(cell, parts) : List.of();
      parts(cell, failing.isEmpty() ? parts : failing);
    } catch (PlaceholderParser.TooDeep nobodyReadsThat) {
      assert cell.failed;
    }
    withinSecret = outer;
  }

  /** The placeholders of a text that keep it from being resolved; none where all do together. */
  private List<Part> failing(PlaceholderCell cell, List<Part> parts) {
    List<Part> failing = new ArrayList<>();
    run.begin(cell);
    for (Part part : parts) {
      try {
        if (part instanceof Ref ref) {
          Node value = run.resolved(ref);
          assert value != null;
        }
      } catch (PlaceholderCell.Stop problem) {
        failing.add(part);
      }
    }
    run.end();
    return failing;
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
    String shown = null;
    run.begin(cell);
    try {
      if (ref.kind() == Kind.PATH) {
        path = run.texts().path(ref);
        place = run.find(path, passed);
      }
      fallback = place == null && run.texts().outside(ref) == null;
      Node value = run.resolved(ref);
      shown = value instanceof Scalar scalar ? scalar.text() : value.toString();
    } catch (PlaceholderCell.Stop problem) {
      // not resolved
    } finally {
      run.end();
    }
    boolean secret = withinSecret || isSecret(ref, path, fallback);
    steps.add(new Step(new WrittenSecrets(secrets).show(ref), path, shown, secret));
    boolean outer = withinSecret;
    withinSecret |= fallback ? secret : path == null ? secrets.names(ref) : secrets.isSecret(path);
    passed.forEach(this::template);
    if (place != null && place.node() instanceof Scalar scalar && scalar.hasTemplates()) {
      template(run.cell(place.path(), scalar));
    }
    List<Part> parts = ref.fallback();
    if (fallback && parts != null) {
      parts(cell, parts);
    }
    withinSecret = outer;
  }

  private boolean isSecret(Ref ref, @Nullable ConfigPath path, boolean fallback) {
    if (!fallback && !failedToo) {
      return false;
    }
    boolean there = path != null && secrets.at(path);
    return there || secrets.in(fallback || path == null ? List.of(ref) : ref.name());
  }
}
