package dev.gimbal;

import dev.gimbal.bind.Converter;
import dev.gimbal.engine.EngineBuilder;
import dev.gimbal.format.Format;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.source.Labels;
import dev.gimbal.source.Source;
import dev.gimbal.source.SourceProvider;
import dev.gimbal.source.Tasks;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an application holds: layered configuration that it reads, binds and watches, and closes.
 *
 * <p>Safe for use by many threads. Reads take no lock, touch no source and store nothing (G9).
 * After {@link #close()} reads keep answering from the last snapshot; watching and writing throw
 * {@link IllegalStateException}.
 *
 * @since 0.1.0
 */
public interface Config extends AutoCloseable {

  static Builder builder() {
    return new EngineBuilder();
  }

  /**
   * A Config of one map; dotted keys are paths.
   *
   * @throws ConfigException when a key is not a path
   */
  static Config of(Map<String, ?> values) {
    return builder().source(Sources.map("map", values)).build();
  }

  // ---- read

  /**
   * The value at a path in text form, such as {@code hosts[0].port}; absent values do not {@link
   * Value#exists()}.
   *
   * @throws ConfigException GIM-001 when the text is not a path
   */
  Value get(String path);

  /** The value at a path of literal segments: nothing in them is parsed. */
  Value get(String first, String second, String... more);

  Value get(ConfigPath path);

  /** The whole tree of this view. */
  Value root();

  /** The current snapshot: reads from it never mix versions. Paths are absolute in it. */
  Snapshot snapshot();

  /**
   * A view of a subtree: its paths are relative. {@link #add}, {@link #remove}, {@link #reload} and
   * {@link #status} are those of the whole Config, also here: a source that is added to a view is a
   * layer at the root. Closing a view ends only what was opened through it until then; it goes on
   * to read, watch and write as long as the Config is open.
   */
  Config at(String path);

  /** Whether there is anything at the root of this view. */
  boolean exists();

  /** The keys at the root of this view, sorted. */
  List<String> children();

  /** The plain map of this view, in key order. Immutable. */
  Map<String, @Nullable Object> asMap();

  /**
   * Declares a key and gives a handle on it. From now on a change that makes the value malformed is
   * rejected (G7): each changed value is converted before it is published, and every handle on that
   * key and type gives that one object; an array or a bean is shared, and is not to be written to.
   * A key stays declared as long as the Config is open; to declare it again costs nothing.
   *
   * @param defaultValue for absent
   * @throws ConfigException GIM-003 when the present value does not convert; nothing is declared
   *     then
   * @throws IllegalArgumentException when no conversion makes that type
   */
  <T> Live<T> live(String path, Class<T> type, T defaultValue);

  /**
   * The same without a default: {@link Live#get()} throws GIM-002 while the value is absent. Once
   * it is there, a change that takes it away is rejected (GIM-002), so that readers keep it; but
   * for {@code Optional} and the like, which say themselves what absent is.
   */
  <T> Live<T> live(String path, Class<T> type);

  /** As {@link #live(String, Class, Object)}, for a type with arguments. */
  <T> Live<T> live(String path, TypeRef<T> type, T defaultValue);

  /** As {@link #live(String, Class)}, for a type with arguments. */
  <T> Live<T> live(String path, TypeRef<T> type);

  /** As {@link #live(String, Class, Object)}, for an int. */
  LiveInt liveInt(String path, int defaultValue);

  /** As {@link #live(String, Class)}, for an int. */
  LiveInt liveInt(String path);

  // ---- watch

  /** Calls a listener after each change at or below a path. */
  Subscription onChange(String path, ChangeListener listener);

  /** Calls a listener after each change at or below one of several paths, once for all of them. */
  Subscription onChange(Collection<String> paths, ChangeListener listener);

  /** A watcher that starts from the present value. */
  Watcher watch(String path);

  /**
   * A watcher that starts from a value read before: it delivers at once if that has changed since.
   *
   * @throws IllegalArgumentException when it is a value of another Config
   * @throws IllegalStateException when the Config is closed; so do all that watch, declare and
   *     control
   */
  Watcher watch(Value since);

  /**
   * Calls a listener after each change of a source's state, each rejection and each failure, in
   * order, with its new status. While over 1,024 wait for a slow listener, only the newest of each
   * source is kept.
   */
  Subscription onStatus(Consumer<? super SourceStatus> listener);

  // ---- control

  /**
   * Adds a source as the highest layer and waits for its first answer, up to {@code startTimeout}.
   *
   * @return the version that holds it
   * @throws ConfigException as {@link Builder#build()} would; nothing is added then
   */
  long add(Source source);

  /**
   * Removes a source and its layer, and closes the source within {@code closeTimeout}. A removed
   * instance does not come back.
   *
   * @return the version without it
   * @throws IllegalArgumentException when there is no such source
   * @throws ConfigException when the result would be refused; the source stays then
   */
  long remove(String sourceName);

  /**
   * Reads all sources again, as one step.
   *
   * @return the version that holds all answers; the current one if nothing changed
   * @throws ConfigException with every source that could not be read or was refused; the others
   *     count. Also when interrupted; what is read later then still counts
   */
  long reload();

  /**
   * Changes values in the document that a source reads, such as a file, and reads it again. Every
   * other byte of it stays: {@code docs/editing.md}. What the checks of this Config would refuse is
   * not written.
   *
   * @param sourceName of the source; of a file its path, as it was given, unless it has another.
   *     Where no source has that name, the only one whose name ends with it behind a {@code /} is
   *     meant: {@code app.yaml} of {@code /etc/x/app.yaml}
   * @param changes called once, on the calling thread
   * @return the version that shows it; the current one if nothing changed
   * @throws IllegalArgumentException when there is no such source, or several end so; with the
   *     names that there are
   * @throws ConfigException GIM-028 when what it reads cannot be edited, or not safely; GIM-029
   *     when it does not say what an edit expects, or was changed meanwhile; what a check says; and
   *     as {@link #reload()} does
   */
  long edit(String sourceName, Consumer<? super SourceEdit> changes);

  /**
   * Waits until a version is published (G12).
   *
   * @throws TimeoutException when it is not within {@code timeout}
   * @throws IllegalStateException when the Config is closed before
   */
  void awaitVersion(long version, Duration timeout) throws InterruptedException, TimeoutException;

  /**
   * Waits until each subscription that was open at a version was called for it, has thrown, was
   * closed, or was coalesced past it (G12).
   *
   * @throws TimeoutException when that does not happen within {@code timeout}
   * @throws IllegalStateException when called from a callback, or when the Config is closed before
   *     that version
   */
  void awaitDelivered(long version, Duration timeout) throws InterruptedException, TimeoutException;

  /** Who won at a path, who lost, how placeholders were resolved (G10). Secrets are masked. */
  Explanation explain(String path);

  /** The same, with secrets shown if {@code reveal}. */
  Explanation explain(String path, boolean reveal);

  /** The last snapshots of the whole Config, also on a view, and the way back to one of them. */
  History history();

  /** How this Config and its sources are. */
  ConfigStatus status();

  /**
   * What is accepted but odd in the documents that are in use: what {@code check} warns of; the
   * prefixes of {@link Builder#unknownKeys} at, above and below which nothing is declared; and up
   * to 100 keys that nothing declares, where these are to be warned of. They cost a walk through
   * the tree.
   */
  List<Problem> warnings();

  /**
   * The keys of the whole Config, also on a view: which are declared, where each was written and
   * which variables set it, or would; and which nobody reads. It costs a walk through the tree.
   */
  KeyReport keys();

  /**
   * Ends sources, watchers and subscriptions within {@code closeTimeout} (G4, G8). Idempotent. On a
   * view: ends only what was opened through it.
   */
  @Override
  void close();

  /**
   * Collects what a Config is made of. Used by one thread. Conflicts are reported by {@link
   * #build}.
   */
  interface Builder {

    /** Adds a layer above those added before. */
    Builder source(Source source);

    /**
     * Adds a layer by path or URI, such as {@code file:app.yaml?optional=true} or {@code env:APP_};
     * one for each value of the labels that it holds, such as <code>app-{profile}.yaml</code>.
     */
    Builder source(String spec);

    /**
     * Adds a layer for each value of the labels that a text holds, such as <code>
     * app-{profile}.yaml</code>.
     *
     * @param text is given to {@code make} with values in place of labels; <code>{{</code> and
     *     <code>}}</code> are braces
     * @param make makes a source of it, once for each value
     */
    Builder source(String text, Function<? super String, ? extends Source> make);

    /**
     * Adds a layer of command-line arguments above those added before: {@code --server.port=80}
     * sets a path, {@code --verbose} sets it to {@code true}. {@code --gimbal.profile=prod} and
     * {@code --gimbal.label.env=prod,test} set none: they give a label its values, as {@link
     * #label} does, for every source of this builder. The layer is named {@code arguments}, so that
     * there can be one.
     *
     * @throws ConfigException GIM-017 when an argument is no path, or begins with {@code --gimbal.}
     *     and gives no label
     */
    Builder arguments(String... args);

    /**
     * Gives a label that the texts of sources hold, such as <code>app-{env}.yaml</code>, its
     * values, behind those given before. Several make several layers; the later one wins. Labels
     * that are given here go before those of the environment, {@code GIMBAL_LABEL_ENV}; a text that
     * holds a label without a value is no layer. They are fixed as long as the Config is open.
     *
     * @param values letters, digits, {@code .}, {@code _} and {@code -}, without {@code ..}
     */
    Builder label(String label, String... values);

    /** The values of the label {@code profile}: {@code GIMBAL_PROFILE} in the environment. */
    default Builder profiles(String... values) {
      return label(Labels.PROFILE, values);
    }

    /** Adds a format beside those found by ServiceLoader; it wins over one of the same name. */
    Builder format(Format format);

    /**
     * Adds a converter; it wins over one for the same type that is found by ServiceLoader or built
     * in.
     */
    Builder converter(Converter<?> converter);

    /**
     * Adds a check of each candidate, whatever was there before.
     *
     * @param name what messages call it
     */
    Builder validator(String name, Validator validator);

    /**
     * Adds a check of the objects that are made for declared keys.
     *
     * @param name what messages call it
     */
    Builder objectValidator(String name, ObjectValidator validator);

    /**
     * Adds a check of each change that passes everything else.
     *
     * @param name what messages call it
     */
    Builder guard(String name, Guard guard);

    /**
     * Adds what is made of a key's value and changes with it or not at all; it may veto. The key is
     * declared, and once it has a value that cannot be taken away. Several resources commit in the
     * order in which they were added.
     *
     * @throws IllegalArgumentException from {@link #build}, when no conversion makes that type
     */
    <T> Builder resource(String path, Class<T> type, Resource<? super T> resource);

    /** The same, for a type with arguments. */
    <T> Builder resource(String path, TypeRef<T> type, Resource<? super T> resource);

    /** Adds a maker of sources from URIs beside those found by ServiceLoader. */
    Builder sourceProvider(SourceProvider provider);

    /**
     * Adds keys for values that are written as {@code ENC[algorithm,key-id,base64]} in documents,
     * in patches of sources and in variables. Several providers are asked in turn. What was
     * encrypted is a secret (G11), whatever its key; a document with a value that does not decrypt
     * is refused (GIM-027). Texts that the application itself writes are not decrypted.
     */
    Builder keys(KeyProvider keys);

    /**
     * Whether encrypted values are decrypted; true by default. Otherwise they are texts as they
     * stand, for tools that need no key.
     */
    Builder decrypting(boolean wanted);

    /**
     * Makes what stands at a path, and below it, a secret (G11), whatever its key.
     *
     * @param pattern a path whose keys are compared without regard to case and separators; {@code
     *     *} stands for any one key or index, {@code **} for any number of them: {@code
     *     payment.*.pin}, {@code **.iban}
     */
    Builder secret(String pattern);

    /** What lists at a path do to lists below; {@link ListMerge#REPLACE} by default. */
    Builder listMerge(String path, ListMerge merge);

    /**
     * Declares a key before the first answer of a source: {@link #build} refuses a value that does
     * not convert, and knows the key, with all that its type reads. That it is absent is no error.
     *
     * @throws IllegalArgumentException from {@link #build}, when no conversion makes that type
     */
    Builder declare(String path, Class<?> type);

    /** The same, for a type with arguments. */
    Builder declare(String path, TypeRef<?> type);

    /**
     * What is done about keys below a prefix that nothing declares. What is said of a longer prefix
     * holds below it. Keys that a bound type reads are declared with it; so is what is declared
     * later, by {@link Config#live}, but only from then on: with {@link UnknownKeys#ERROR} the keys
     * of the first answers must be declared by {@link #declare}.
     *
     * @param prefix a path of keys; empty for all
     */
    Builder unknownKeys(String prefix, UnknownKeys policy);

    /**
     * Whether it is taken down of which keys values are read, and as what, for {@link Config#keys};
     * false by default. It costs each read a look into a set, and keeps the path of each key that
     * was ever read; so it is for finding out, and not for good.
     */
    Builder trackReads(boolean wanted);

    /** Limits, placeholders and dotted keys of documents, unless a source says otherwise. */
    Builder readOptions(ReadOptions options);

    /** How long {@link #build} waits for first answers; 30 s by default. */
    Builder startTimeout(Duration timeout);

    /** How long closing waits for callbacks and sources; 10 s by default. */
    Builder closeTimeout(Duration timeout);

    /** How long a format may take for one document; 30 s by default. */
    Builder formatTimeout(Duration timeout);

    /**
     * How long validators, guards, users' converters and bound types may take together for one
     * candidate, and resources for preparing after these; 5 s by default. What takes longer is a
     * rejection, and is interrupted.
     */
    Builder checkTimeout(Duration timeout);

    /** After how long a running listener is reported; 10 s by default. */
    Builder slowListenerAfter(Duration limit);

    /** How many snapshots are kept, the current one among them; at least 1, 16 by default. */
    Builder history(int snapshots);

    /** Runs listeners; by default threads of the Config's own. It is not shut down. */
    Builder executor(Executor executor);

    /** Threads, timers and clock; for tests. */
    Builder tasks(Tasks tasks);

    /** Whether sources watch for changes; true by default. If not, they are read once. */
    Builder watching(boolean watching);

    /**
     * Opens the sources, waits for their first answers and publishes version 1, which holds them
     * all.
     *
     * @throws ConfigException with all problems at once
     */
    Config build();
  }
}
