package dev.gimbal.testing;

import dev.gimbal.source.Source;
import dev.gimbal.source.SourceProvider;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a test class says of its source, for {@link SourceCompatibilityKit}. All methods are called
 * by the test's own thread.
 *
 * @since 0.1.0
 */
public abstract class SourceFixture {

  /** What a source can do. */
  public enum Ability {
    /** What it reads can change while it is open. */
    CHANGES,
    /** It tells such changes by itself. */
    WATCHES,
    /** A reload answers; a source whose state arrives by calls gives no answer. */
    RELOADS,
    /** What it reads can be malformed, or not be readable. */
    FAILS,
    /** What it reads can be missing. */
    VANISHES
  }

  /** For test classes. */
  protected SourceFixture() {}

  /**
   * Makes this all that the source reads, in one step: whoever reads sees all of it or nothing.
   * Called before {@link #source()}, and while the source is open if it {@link Ability#CHANGES};
   * then it mends what {@link #damage} and {@link #remove} did.
   *
   * @param values by key; both are of lower-case letters and digits
   */
  protected abstract void hold(Map<String, String> values) throws Exception;

  /** A new source of what is held. */
  protected abstract Source source() throws Exception;

  /**
   * Makes what is held malformed or unreadable; best by damaging it, so that it would show if a
   * message told values. Called if the source {@link Ability#FAILS}.
   */
  protected void damage() throws Exception {
    throw new UnsupportedOperationException("damage: override it, or abilities without FAILS");
  }

  /** Takes away what is held. Called if the source {@link Ability#VANISHES}. */
  protected void remove() throws Exception {
    throw new UnsupportedOperationException("remove: override it, or abilities without VANISHES");
  }

  /**
   * What the source can do; by default everything. A check that needs what is not in it passes and
   * has looked at nothing; it says so by an entry {@code not checked} to JUnit's reporter.
   */
  protected Set<Ability> abilities() {
    return EnumSet.allOf(Ability.class);
  }

  /** The URI that names a source of what is held, or null if there is none. */
  protected @Nullable String uri() {
    return null;
  }

  /** Who makes sources of {@link #uri()}; by default those on the class path. */
  protected Collection<SourceProvider> providers() {
    return List.of();
  }

  /** What the source was given and shows nobody, such as tokens and passwords. */
  protected List<String> secrets() {
    return List.of();
  }

  /**
   * Whether a thread that began while the source was open is not the source's: one of a server, a
   * driver shared by all sources, or a test that runs at the same time. Default false. The common
   * pool and threads that the JDK starts once are left out without being named here.
   */
  protected boolean isForeign(Thread thread) {
    return false;
  }

  /** How long the source may take to tell something. Default 20 s. */
  protected Duration patience() {
    return Duration.ofSeconds(20);
  }

  /** How long the kit waits to see that nothing is told: longer than the source takes to look. */
  protected Duration quiet() {
    return Duration.ofMillis(300);
  }
}
