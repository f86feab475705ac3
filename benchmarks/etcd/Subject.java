import java.util.function.Consumer;

/** All keys below a prefix, in memory, and up to date until it is closed. */
interface Subject extends AutoCloseable {

  /** Makes one; when this returns, all keys are there. */
  interface Opening {

    /**
     * @param port of the server
     * @param changed is told each new value, once it is there
     */
    Subject open(int port, Consumer<String> changed) throws Exception;
  }

  /** The value of a key, which begins with the prefix; null where there is none. */
  String value(String key);

  @Override
  void close();
}
