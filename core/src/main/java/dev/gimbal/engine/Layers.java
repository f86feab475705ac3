package dev.gimbal.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The layers of a Config, the lowest first. Immutable. */
final class Layers {

  static final Layers NONE = new Layers(List.of());

  /** Means none. */
  static final Predicate<Layer> NO_LAYER = layer -> false;

  // Never written after construction, and shared by versions; an index is a layer's in each.
  private final SourceSession[] sessions;
  private final LayerContent[] received;
  private final LayerContent[] accepted;

  /** Of their sources; the same list as long as there are the same layers. */
  private final List<String> names;

  Layers(List<Layer> layers) {
    int count = layers.size();
    sessions = new SourceSession[count];
    received = new LayerContent[count];
    accepted = new LayerContent[count];
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Layer layer = layers.get(i);
      sessions[i] = layer.session();
      received[i] = layer.received();
      accepted[i] = layer.accepted();
      all.add(layer.session().name());
    }
    names = List.copyOf(all);
  }

  private Layers(
      SourceSession[] sessions,
      LayerContent[] received,
      LayerContent[] accepted,
      List<String> names) {
    this.sessions = sessions;
    this.received = received;
    this.accepted = accepted;
    this.names = names;
  }

  List<Layer> all() {
    List<Layer> all = new ArrayList<>();
    for (int i = 0; i < sessions.length; i++) {
      all.add(layer(i));
    }
    return all;
  }

  private Layer layer(int i) {
    return new Layer(sessions[i], received[i], accepted[i]);
  }

  /** Of their sources. */
  List<String> names() {
    return names;
  }

  /** The layer of a session, or null. */
  @Nullable Layer of(SourceSession session) {
    int i = indexOf(session);
    return i < 0 ? null : layer(i);
  }

  /** What the layer of a session received, which is there. */
  LayerContent receivedOf(SourceSession session) {
    return received[indexOf(session)];
  }

  private int indexOf(SourceSession session) {
    for (int i = 0; i < sessions.length; i++) {
      if (sessions[i] == session) {
        return i;
      }
    }
    return -1;
  }

  boolean has(SourceSession session) {
    return indexOf(session) >= 0;
  }

  Layers with(Layer added) {
    List<Layer> next = all();
    next.add(added);
    return new Layers(next);
  }

  Layers without(SourceSession session) {
    return new Layers(all().stream().filter(layer -> layer.session() != session).toList());
  }

  Layers withReceived(SourceSession session, LayerContent content) {
    LayerContent[] next = received.clone();
    int i = indexOf(session);
    if (i >= 0) {
      next[i] = content;
    }
    return new Layers(sessions, next, accepted, names);
  }

  /** What was received counts as accepted, for all layers. */
  Layers acceptAll() {
    return new Layers(sessions, received, received, names);
  }

  /** What was received counts as accepted, for the layers that the filter names. */
  Layers accept(Predicate<Layer> filter) {
    return new Layers(sessions, received, contents(filter), names);
  }

  /** What all layers received. Not to be written. */
  List<LayerContent> received() {
    return Arrays.asList(received);
  }

  /** What each layer puts into a candidate: what it received where the filter says so. */
  List<LayerContent> received(Predicate<Layer> filter) {
    return Arrays.asList(contents(filter));
  }

  private LayerContent[] contents(Predicate<Layer> filter) {
    LayerContent[] contents = accepted.clone();
    for (int i = 0; i < contents.length; i++) {
      contents[i] = filter.test(layer(i)) ? received[i] : contents[i];
    }
    return contents;
  }

  boolean anyPending() {
    return anyPendingBut(NO_LAYER);
  }

  boolean anyPendingBut(Predicate<Layer> filter) {
    for (int i = 0; i < sessions.length; i++) {
      if (received[i] != accepted[i] && !filter.test(layer(i))) {
        return true;
      }
    }
    return false;
  }
}
