package dev.gimbal.secret.nacl;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** Libraries of this machine, which the algorithms are compared with. */
final class Installed {

  private Installed() {}

  /** Fails, and says what is to be installed, where it is not there. */
  static <L extends Library> L load(String name, Class<L> functions, String debian) {
    try {
      return Native.load(name, functions);
    } catch (UnsatisfiedLinkError e) {
      throw new AssertionError("there is no " + name + "; install the package " + debian, e);
    }
  }
}
