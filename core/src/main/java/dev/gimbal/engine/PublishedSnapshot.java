package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.Explanation;
import dev.gimbal.Snapshot;
import dev.gimbal.Value;
import dev.gimbal.bind.Conversions;
import dev.gimbal.text.KnownExcerpts;
import dev.gimbal.tree.ObjectNode;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one kind of snapshot. Immutable, but for what it keeps of a comparison. */
final class PublishedSnapshot implements Snapshot {

  private final long version;

  /** What readers see. */
  private final ObjectNode resolved;

  /** What it was made of. */
  private final Candidate candidate;

  /** The lines that values which do not convert are about. */
  private final KnownExcerpts excerpts = new KnownExcerpts();

  /** What values are made with. */
  private final Conversions conversions;

  /** Those of the loader that published it; null where none did. */
  private final @Nullable Counters owner;

  /** The version that was gone back to and that this shows; 0 for none. */
  private final long pinned;

  /**
   * Where it differs from the version before; null until somebody asks. Written by any thread that
   * reads; it is immutable, and each makes the same.
   */
  private @Nullable ChangedPlace changed;

  /** A snapshot that nobody published. */
  PublishedSnapshot(long version, ObjectNode merged, ObjectNode resolved, List<LayerView> layers) {
    this(version, Candidate.of(merged, resolved, layers), Conversions.standard(), null, 0);
  }

  /** A snapshot to look at a candidate with. */
  static PublishedSnapshot of(long version, Candidate candidate, Conversions conversions) {
    return new PublishedSnapshot(version, candidate, conversions, null, 0);
  }

  /**
   * A snapshot of a candidate.
   *
   * @param pinned the version that was gone back to, or 0
   */
  static PublishedSnapshot of(
      long version,
      Candidate candidate,
      Conversions conversions,
      @Nullable Counters owner,
      long pinned) {
    return new PublishedSnapshot(version, candidate, conversions, owner, pinned);
  }

  private PublishedSnapshot(
      long version,
      Candidate candidate,
      Conversions conversions,
      @Nullable Counters owner,
      long pinned) {
    this.pinned = pinned;
    this.candidate = candidate;
    this.conversions = conversions;
    this.owner = owner;
    this.version = version;
    this.resolved = candidate.tree();
  }

  @Override
  public long version() {
    return version;
  }

  long pinned() {
    return pinned;
  }

  boolean isOf(Counters loader) {
    return owner == loader;
  }

  boolean isTracked() {
    return owner != null && owner.reads != null;
  }

  /** Takes down that a value was read as a type, where that is tracked. */
  void noteRead(SnapshotValue value, Type type) {
    if (owner != null && owner.reads != null) {
      conversions.requireSupported(type);
      owner.reads.add(new Declaration.Key(value.path(), type));
    }
  }

  /** Whether it is known without a walk that at a path nothing differs from another snapshot. */
  boolean isSameAt(String path, PublishedSnapshot before) {
    if (before.resolved == resolved) {
      return true;
    }
    if (before.version != version - 1) {
      return false;
    }
    ChangedPlace place = changed;
    if (place == null) {
      place = ChangedPlace.between(before.resolved, resolved);
      changed = place;
    }
    return place.isElsewhere(path);
  }

  KnownExcerpts excerpts() {
    return excerpts;
  }

  Conversions conversions() {
    return conversions;
  }

  /** Layers merged, placeholders as written. */
  ObjectNode merged() {
    return candidate.top();
  }

  /** Tells which places of it are secret. */
  PlaceholderSecrets secrets() {
    return new PlaceholderSecrets(merged(), candidate.known().secrets());
  }

  ObjectNode resolved() {
    return resolved;
  }

  /** The lowest layer first. */
  List<LayerView> layers() {
    return candidate.views();
  }

  @Override
  public Value get(String path) {
    return SnapshotValue.of(this, ConfigPath.ROOT, path);
  }

  @Override
  public Value get(String first, String second, String... more) {
    ConfigPath path = ConfigPath.of(first, second);
    return get(more.length == 0 ? path : path.resolve(ConfigPath.of(more)));
  }

  @Override
  public Value get(ConfigPath path) {
    return SnapshotValue.of(this, path);
  }

  @Override
  public Value root() {
    return get(ConfigPath.ROOT);
  }

  @Override
  public String toString() {
    return "version " + version;
  }

  @Override
  public Explanation explain(String path) {
    return Explainer.explain(this, ConfigPath.parse(path), false);
  }
}
