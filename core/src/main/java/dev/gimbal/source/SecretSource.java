package dev.gimbal.source;

import dev.gimbal.ConfigException;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.tree.Nodes;
import dev.gimbal.tree.ObjectNode;
import dev.gimbal.tree.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A source all of whose values are secrets. */
record SecretSource(Source source) implements Source {

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public Session open(Sink sink) {
    Session session = source.open(new Marking(sink));
    return new Session() {
      @Override
      public void reload(Sink to) {
        session.reload(new Marking(to));
      }

      @Override
      public void edit(Edit edit, Consumer<Document> check) {
        session.edit(edit, read -> check.accept(Marking.secret(read)));
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }

  @Override
  public boolean isOptional() {
    return source.isOptional();
  }

  @Override
  public Map<String, String> labels() {
    return source.labels();
  }

  @Override
  public Source optional() {
    return new SecretSource(source.optional());
  }

  @Override
  public Source secret() {
    return this;
  }

  /** Marks every value on its way. */
  private static final class Marking extends ForwardingSink {

    Marking(Sink sink) {
      super(sink);
    }

    @Override
    public void document(Revision revision, Document document) {
      told(document, read -> super.document(revision, read));
    }

    @Override
    public void document(Revision revision, Document document, ConfigException odd) {
      told(document, read -> super.document(revision, read, odd));
    }

    /** Decrypted before it is marked: what is marked counts as decrypted. */
    private void told(Document document, Consumer<Document> tell) {
      Document read;
      try {
        read = decrypt(document);
      } catch (ConfigException refused) {
        failed(refused);
        return;
      }
      tell.accept(secret(read));
    }

    private static Document secret(Document document) {
      return new Document(secret(document.tree()), document.origins(), document.warnings());
    }

    private static ObjectNode secret(ObjectNode tree) {
      return (ObjectNode) Nodes.mapScalars(tree, (path, scalar) -> scalar.asSecret());
    }

    @Override
    public void patch(Revision revision, Patch patch) {
      Patch read;
      try {
        read = decrypt(patch);
      } catch (ConfigException refused) {
        failed(refused);
        return;
      }
      List<Patch.Op> ops = new ArrayList<>();
      for (Patch.Op op : read.ops()) {
        ops.add(op instanceof Patch.Set set ? secret(set) : op);
      }
      super.patch(revision, new Patch(ops));
    }

    private static Patch.Set secret(Patch.Set set) {
      return new Patch.Set(
          set.path(), Nodes.mapScalars(set.value(), (path, scalar) -> scalar.asSecret()));
    }

    @Override
    public void variables(Revision revision, Variables variables) {
      super.variables(revision, variables.asSecrets());
    }

    @Override
    public long write(Write write) {
      return super.write(layer -> secret(write.apply(layer)));
    }
  }
}
