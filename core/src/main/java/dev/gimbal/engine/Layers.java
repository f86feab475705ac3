package dev.gimbal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The layers of a Config, the lowest first. Immutable. */
record Layers(List<Layer> all) {

  static final Layers NONE = new Layers(List.of());

  Layers {
    all = List.copyOf(all);
  }

  int indexOf(SourceSession session) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).session() == session) {
        return i;
      }
    }
    return -1;
  }

  Layers with(Layer added) {
    List<Layer> next = new ArrayList<>(all);
    next.add(added);
    return new Layers(next);
  }

  Layers without(SourceSession session) {
    return new Layers(all.stream().filter(layer -> layer.session() != session).toList());
  }

  Layers withReceived(SourceSession session, LayerContent content) {
    List<Layer> next = new ArrayList<>(all);
    int i = indexOf(session);
    next.set(i, next.get(i).withReceived(content));
    return new Layers(next);
  }

  /** What was received counts as accepted, for the layers that the filter names. */
  Layers accept(Predicate<Layer> filter) {
    List<Layer> next = new ArrayList<>(all.size());
    for (Layer layer : all) {
      next.add(filter.test(layer) ? layer.withAccepted() : layer);
    }
    return new Layers(next);
  }

  /** What each layer puts into a candidate: what it received where the filter says so. */
  List<LayerContent> contents(Predicate<Layer> received) {
    List<LayerContent> contents = new ArrayList<>(all.size());
    for (Layer layer : all) {
      contents.add(received.test(layer) ? layer.received() : layer.accepted());
    }
    return contents;
  }

  List<String> names() {
    List<String> names = new ArrayList<>(all.size());
    for (Layer layer : all) {
      names.add(layer.session().name());
    }
    return names;
  }

  boolean anyPendingBut(Predicate<Layer> filter) {
    for (Layer layer : all) {
      if (layer.isPending() && !filter.test(layer)) {
        return true;
      }
    }
    return false;
  }
}
