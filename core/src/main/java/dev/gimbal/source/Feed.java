package dev.gimbal.source;

import dev.gimbal.tree.Patch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a {@link Link} tells between reads. Calls may come from any thread; those of a link
 * that is lost or closed are ignored.
 *
 * @since 0.1.0
 */
public interface Feed {

  /**
   * Something has changed, or changes are missing (history is gone, a buffer ran over): the state
   * is read again. Many such signs during one read make one more. Does not block.
   */
  void changed();

  /**
   * What has changed, in the order of the store's revisions. One that is not newer than what was
   * read is left out. While the state is being read up to 1,024 wait for it; if there are more, it
   * is read again. May block while the engine has too much to do.
   */
  void patch(Revision revision, Patch patch);

  /** The connection ended; a new one is made after a while. Does not block. */
  void lost(IOException why);

  /** The store's revision that was handed over last, or null where there is none to resume from. */
  @Nullable Revision resumeAfter();
}
