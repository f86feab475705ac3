package dev.gimbal.schedules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The oracle's layers and what they must show, by the words of the contract and over plain maps:
 * steps that try all, then the new over what the others had accepted and what else is pending, then
 * one by one; versions that count what was published.
 */
final class Stack {

  private final Oracle.Mutant mutant;
  private List<Layer> layers = new ArrayList<>();
  private final Set<String> declared = new LinkedHashSet<>();
  private final List<Map<String, Object>> published = new ArrayList<>();

  /** Steps that were refused. */
  int refusals;

  /** Layers that came through with another one's change. */
  int healings;

  /** Steps whose inputs were several. */
  int batches;

  Stack(Oracle.Mutant mutant) {
    this.mutant = mutant;
  }

  List<Layer> layers() {
    return layers;
  }

  long version() {
    return published.size();
  }

  Map<String, Object> at(long version) {
    return published.get((int) version - 1);
  }

  // ---- steps; each says whether all of it passed

  boolean take(List<Said> changes) {
    List<Said> news = new ArrayList<>();
    List<Map<String, Object>> before = new ArrayList<>();
    for (Said said : changes) {
      Layer layer = said.layer();
      boolean isNew = layer.advance(said) || mutant == Oracle.Mutant.TAKES_OLD_REVISIONS;
      if (layers.contains(layer) && isNew) {
        before.add(layer.received);
        layer.received = said.change().apply(layer.received);
        news.add(said);
      }
    }
    batches += news.size() > 1 ? 1 : 0;
    return news.isEmpty() || pass(news, before);
  }

  private boolean pass(List<Said> news, List<Map<String, Object>> before) {
    Set<Layer> fresh = new HashSet<>();
    news.forEach(said -> fresh.add(said.layer()));
    if (goesIn(layers, fresh)) {
      news.forEach(said -> said.layer().passed(said));
      return true;
    }
    if (news.size() > 1) {
      return oneByOne(news, before);
    }
    refusals++;
    Said refused = news.get(0);
    boolean isWrite = refused.kind() == Said.Kind.WRITE;
    boolean takenBack = isWrite && mutant != Oracle.Mutant.KEEPS_A_REFUSED_WRITE;
    if (takenBack || mutant == Oracle.Mutant.FORGETS_WHAT_WAS_REFUSED) {
      refused.layer().received = before.get(0);
    }
    refused.layer().refused(refused);
    return false;
  }

  private boolean oneByOne(List<Said> news, List<Map<String, Object>> before) {
    for (int i = news.size() - 1; i >= 0; i--) {
      news.get(i).layer().received = before.get(i);
    }
    boolean all = true;
    for (Said said : news) {
      Map<String, Object> was = said.layer().received;
      said.layer().received = said.change().apply(was);
      all &= pass(List.of(said), List.of(was));
    }
    return all;
  }

  boolean join(List<Layer> added) {
    Set<String> names = new HashSet<>();
    layers.forEach(layer -> names.add(layer.name));
    List<Layer> next = new ArrayList<>(layers);
    for (Layer layer : added) {
      if (!names.add(layer.name)) {
        return false;
      }
      next.add(layer);
    }
    boolean joins = replace(next);
    if (joins) {
      added.forEach(Layer::join);
    }
    return joins;
  }

  boolean remove(Layer layer) {
    List<Layer> next = new ArrayList<>(layers);
    next.remove(layer);
    boolean removed = replace(next);
    if (removed) {
      layer.leave();
    }
    return removed;
  }

  boolean declare(String path) {
    if (declared.add(path) && !replace(layers)) {
      declared.remove(path);
      return false;
    }
    return true;
  }

  private boolean replace(List<Layer> next) {
    if (goesIn(next, Set.of())) {
      layers = next;
      return true;
    }
    refusals++;
    return false;
  }

  // ---- what passes

  /**
   * All that these layers received is accepted and published if it passes; else what is fresh, and
   * then what else is pending, as far as it passes; else nothing.
   */
  private boolean goesIn(List<Layer> from, Set<Layer> fresh) {
    Set<Layer> in = new HashSet<>(from);
    Map<String, Object> tree = tree(from, in);
    if (tree == null) {
      in = new HashSet<>(fresh);
      tree = mutant == Oracle.Mutant.NEVER_TRIES_THE_NEW_ALONE ? null : tree(from, in);
      for (int i = 0; tree != null && i < from.size(); i++) {
        Set<Layer> more = new HashSet<>(in);
        boolean other = more.add(from.get(i)) && from.get(i).isPending();
        if (other && mutant != Oracle.Mutant.LEAVES_WHAT_IS_PENDING && tree(from, more) != null) {
          tree = tree(from, more);
          in = more;
          i = -1; // what is below may pass now
        }
      }
    }
    if (tree == null) {
      return false;
    }
    for (Layer layer : in) {
      boolean healed = layer.isPending() && !fresh.contains(layer);
      layer.accepted = layer.received;
      if (healed) {
        healings++;
        layer.healed();
      }
    }
    if (published.isEmpty() || !Objects.equals(tree, at(version()))) {
      published.add(tree);
    }
    return true;
  }

  /** What these layers give when some give what they received; null when it does not pass. */
  private Map<String, Object> tree(List<Layer> from, Set<Layer> received) {
    Map<String, Object> merged = new TreeMap<>();
    for (Layer layer : from) {
      merged = merge(merged, received.contains(layer) ? layer.received : layer.accepted);
    }
    try {
      Map<String, Object> tree = Trees.resolve(merged);
      for (String path : declared) {
        Object value = Trees.at(tree, path);
        if (value != null && !(value instanceof Integer)) {
          throw new Trees.Unfit(path + " is no integer");
        }
      }
      return tree;
    } catch (Trees.Unfit e) {
      return mutant == Oracle.Mutant.NEVER_CHECKS ? merged : null;
    }
  }

  private Map<String, Object> merge(Map<String, Object> below, Map<String, Object> over) {
    if (mutant != Oracle.Mutant.MERGES_ONE_LEVEL) {
      return Trees.merge(below, over);
    }
    Map<String, Object> result = new TreeMap<>(below);
    result.putAll(Trees.merge(Map.of(), over));
    return result;
  }
}
