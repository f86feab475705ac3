package dev.gimbal.format.hcl;

/** Where something stands. */
record HclPlace(int line, int column) {

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
