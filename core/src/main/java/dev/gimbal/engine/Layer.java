package dev.gimbal.engine;

/**
 * A source's two trees. Immutable.
 *
 * @param session the source at work
 * @param received the last that parsed
 * @param accepted the last that passed every check together with the others
 */
record Layer(SourceSession session, LayerContent received, LayerContent accepted) {

  Layer withReceived(LayerContent content) {
    return new Layer(session, content, accepted);
  }

  Layer withAccepted() {
    return received == accepted ? this : new Layer(session, received, received);
  }

  boolean isPending() {
    return received != accepted;
  }
}
