package dev.gimbal.engine;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Document;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.Patch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A sink that makes one thing of whatever a source says. */
abstract class SayingSink implements Sink {

  /** Whose layer it is. */
  abstract SourceSession session();

  abstract void say(Said said);

  @Override
  public final Document decrypt(Document document) {
    return session().decryption().document(document);
  }

  @Override
  public final Patch decrypt(Patch patch) {
    return session().decryption().patch(patch);
  }

  @Override
  public final void document(Revision revision, Document document) {
    Objects.requireNonNull(revision, "revision");
    decrypted(revision, document, null);
  }

  @Override
  public final void document(Revision revision, Document document, ConfigException odd) {
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(odd, "odd");
    decrypted(revision, document, odd);
  }

  private void decrypted(Revision revision, Document document, @Nullable ConfigException odd) {
    Document read;
    try {
      read = decrypt(document);
    } catch (ConfigException refused) {
      failed(refused);
      return;
    }
    say(Input.document(session(), revision, LayerContent.of(read), odd));
  }

  @Override
  public final void patch(Revision revision, Patch patch) {
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(patch, "patch");
    Patch read;
    try {
      read = decrypt(patch);
    } catch (ConfigException refused) {
      failed(refused);
      return;
    }
    say(Input.patch(session(), revision, read));
  }

  @Override
  public final void variables(Revision revision, Variables variables) {
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(variables, "variables");
    Variables read;
    try {
      read = session().decryption().variables(variables);
    } catch (ConfigException refused) {
      failed(refused);
      return;
    }
    say(Input.variables(session(), revision, read));
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
