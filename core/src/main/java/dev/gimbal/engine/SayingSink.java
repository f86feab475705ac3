package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.Patch;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A sink that makes one thing of whatever a source says. */
abstract class SayingSink implements Sink {

  /** Whose layer it is. */
  abstract SourceSession session();

  abstract void say(Said said);

  /** Says what is read with keys, or that it cannot be. */
  private void sayDecrypted(Function<Decryption, Said> read) {
    Said said;
    try {
      said = read.apply(session().decryption());
    } catch (ConfigException refused) {
      said = new Said.Failed(refused);
    }
    say(said);
  }

  @Override
  public final void document(Revision revision, Document document) {
    Objects.requireNonNull(revision, "revision");
    sayDecrypted(keys -> input(revision, keys.document(document), null));
  }

  @Override
  public final void document(Revision revision, Document document, ConfigException odd) {
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(odd, "odd");
    sayDecrypted(keys -> input(revision, keys.document(document), odd));
  }

  private Input input(Revision revision, Document document, @Nullable ConfigException odd) {
    return Input.document(session(), revision, LayerContent.of(document), odd);
  }

  @Override
  public final void patch(Revision revision, Patch patch) {
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(patch, "patch");
    sayDecrypted(keys -> Input.patch(session(), revision, keys.patch(patch)));
  }

  @Override
  public final void variables(Revision revision, Variables variables) {
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(variables, "variables");
    sayDecrypted(keys -> Input.variables(session(), revision, keys.variables(variables)));
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
