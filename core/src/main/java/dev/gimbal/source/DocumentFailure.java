package dev.gimbal.source;

import java.io.IOException;

/** One file of several could not be read. */
final class DocumentFailure extends IOException {

  private static final long serialVersionUID = 1L;

  private final String document;

  /**
   * @param document what messages call the file
   */
  DocumentFailure(String document, IOException cause) {
    super(cause);
    this.document = document;
  }

  String document() {
    return document;
  }
}
