package dev.gimbal.engine;

import dev.gimbal.ConfigPath;
import dev.gimbal.SourceEdit;
import dev.gimbal.format.Edit;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Nodes;
import org.jspecify.annotations.Nullable;

/** Collects the changes of an edit. Used by one thread. */
final class CollectedEdit implements SourceEdit {

  private final MemoryLoader loader;
  private final String source;
  private final Edit.Builder edit = Edit.builder();

  /**
   * @param source whose document is changed
   */
  CollectedEdit(MemoryLoader loader, String source) {
    this.loader = loader;
    this.source = source;
  }

  Edit build() {
    return edit.build();
  }

  @Override
  public SourceEdit set(String path, @Nullable Object value) {
    edit.set(path, value);
    return this;
  }

  @Override
  public SourceEdit set(String path, @Nullable Object value, long ifVersion) {
    onlyIf(ConfigPath.parse(path), ifVersion);
    return set(path, value);
  }

  @Override
  public SourceEdit unset(String path) {
    edit.unset(path);
    return this;
  }

  @Override
  public SourceEdit unset(String path, long ifVersion) {
    onlyIf(ConfigPath.parse(path), ifVersion);
    return unset(path);
  }

  private void onlyIf(ConfigPath path, long version) {
    Node there = null;
    Candidate kept = KeptSnapshots.find(loader, version).candidate();
    for (int i = 0; i < kept.size(); i++) {
      Candidate.Stage stage = kept.stage(i);
      if (stage.view().source().equals(source)) {
        there = Nodes.at(stage.content().tree(), path);
      }
    }
    if (there == null) {
      edit.onlyIfAbsent(path);
    } else {
      edit.onlyIf(path, there);
    }
  }
}
