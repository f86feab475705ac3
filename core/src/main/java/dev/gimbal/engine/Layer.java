package dev.gimbal.engine;

/**
 * A source's two trees. Immutable.
 *
 * @param session the source at work
 * @param received the last that parsed
 * @param accepted the last that passed every check together with the others
 */
record Layer(SourceSession session, LayerContent received, LayerContent accepted) {

  boolean isPending() {
    return received != accepted;
  }
}
