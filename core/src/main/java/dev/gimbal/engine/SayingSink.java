package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.Patch;
import java.util.Objects;

/** A sink that makes one thing of whatever a source says. */
abstract class SayingSink implements Sink {

  /** Whose layer it is. */
  abstract SourceSession session();

  abstract void say(Said said);

  @Override
  public final void document(Revision revision, Document document) {
    Objects.requireNonNull(revision, "revision");
    say(Input.document(session(), revision, LayerContent.of(document), null));
  }

  @Override
  public final void document(Revision revision, Document document, ConfigException odd) {
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(odd, "odd");
    say(Input.document(session(), revision, LayerContent.of(document), odd));
  }

  @Override
  public final void patch(Revision revision, Patch patch) {
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(patch, "patch");
    say(Input.patch(session(), revision, patch));
  }

  @Override
  public final void variables(Revision revision, Variables variables) {
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(variables, "variables");
    say(Input.variables(session(), revision, variables));
  }

  @Override
  public final void absent(ConfigException why) {
    say(new Said.Absent(Objects.requireNonNull(why, "why")));
  }

  @Override
  public final void failed(ConfigException why) {
    say(new Said.Failed(Objects.requireNonNull(why, "why")));
  }

  @Override
  public final void degraded(ConfigException why) {
    say(new Said.Degraded(Objects.requireNonNull(why, "why")));
  }

  @Override
  public final void reset() {
    say(new Said.Reset());
  }
}
