package dev.gimbal.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The layers of a Config, the lowest first. Immutable. */
final class Layers {

  static final Layers NONE = new Layers(List.of());

  /** Which layers are meant. */
  enum Which implements Predicate<Layer> {
    EACH,
    NOT_ONE;

    @Override
    public boolean test(Layer layer) {
      return this == EACH;
    }
  }

  /** Never written after construction. */
  private final Layer[] layers;

  /** Of their sources; the same list as long as there are the same layers. */
  private final List<String> names;

  Layers(List<Layer> layers) {
    this(layers.toArray(new Layer[0]), names(layers));
  }

  private static List<String> names(List<Layer> layers) {
    List<String> names = new ArrayList<>();
    for (Layer layer : layers) {
      names.add(layer.session().name());
    }
    return List.copyOf(names);
  }

  private Layers(Layer[] layers, List<String> names) {
    this.layers = layers;
    this.names = names;
  }

  List<Layer> all() {
    return List.of(layers);
  }

  /** Of their sources. */
  List<String> names() {
    return names;
  }

  /** The layer of a session, or null. */
  @Nullable Layer of(SourceSession session) {
    for (Layer layer : layers) {
      if (layer.session() == session) {
        return layer;
      }
    }
    return null;
  }

  boolean has(SourceSession session) {
    return of(session) != null;
  }

  Layers with(Layer added) {
    List<Layer> next = new ArrayList<>(all());
    next.add(added);
    return new Layers(next);
  }

  Layers without(SourceSession session) {
    return new Layers(all().stream().filter(layer -> layer.session() != session).toList());
  }

  Layers withReceived(SourceSession session, LayerContent content) {
    Layer[] next = layers.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] = next[i].session() == session ? next[i].withReceived(content) : next[i];
    }
    return new Layers(next, names);
  }

  /** What was received counts as accepted, for the layers that the filter names. */
  Layers accept(Predicate<Layer> filter) {
    Layer[] next = layers.clone();
    for (int i = 0; i < next.length; i++) {
      next[i] = filter.test(next[i]) ? next[i].withAccepted() : next[i];
    }
    return new Layers(next, names);
  }

  /** What each layer puts into a candidate: what it received where the filter says so. */
  List<LayerContent> contents(Predicate<Layer> received) {
    LayerContent[] contents = new LayerContent[layers.length];
    for (int i = 0; i < contents.length; i++) {
      Layer layer = layers[i];
      contents[i] = received.test(layer) ? layer.received() : layer.accepted();
    }
    return Arrays.asList(contents);
  }

  boolean anyPending() {
    return anyPendingBut(Which.NOT_ONE);
  }

  boolean anyPendingBut(Predicate<Layer> filter) {
    for (Layer layer : layers) {
      if (layer.isPending() && !filter.test(layer)) {
        return true;
      }
    }
    return false;
  }
}
