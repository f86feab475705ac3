package dev.gimbal.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Remembers why writing failed, which {@link java.io.PrintStream} does not say. */
final class StandardOutput extends FilterOutputStream {

  /** The first failure. Written by a thread that writes, read by any. */
  private volatile @Nullable IOException failure;

  StandardOutput(OutputStream file) {
    super(new BufferedOutputStream(file, 1 << 16));
  }

  @Override
  public void write(int b) throws IOException {
    try {
      out.write(b);
    } catch (IOException e) {
      throw remember(e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw remember(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw remember(e);
    }
  }

  private IOException remember(IOException e) {
    if (failure == null) {
      failure = e;
    }
    return e;
  }

  @Nullable IOException failure() {
    return failure;
  }

  /** The reader went away, as {@code head -1} does: no reason to complain. */
  static boolean isClosedPipe(IOException e) {
    return "Broken pipe".equals(e.getMessage());
  }
}
