package dev.gimbal.source.nats;

import dev.gimbal.source.RemoteUnavailableException;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Questions about the stream of a bucket. Safe for use by many threads. */
final class NatsStream {

  /** What questions for messages of a stream are sent to, with its name behind. */
  static final String MESSAGE = "$JS.API.STREAM.MSG.GET.";

  private static final int NO_STREAM = 10_059;
  private static final int NO_MESSAGE = 10_037;

  private final NatsOptions options;
  private final Connection connection;
  private final Answers answers;
  private final Questions questions;

  NatsStream(NatsOptions options, Connection connection, Answers answers, Questions questions) {
    this.options = options;
    this.connection = connection;
    this.answers = answers;
    this.questions = questions;
  }

  /** What the server answers; null when it has no such thing. */
  private <T> @Nullable T ask(int none, Questions.Question<T> question)
      throws IOException, InterruptedException {
    try {
      return questions.ask(question);
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == none) {
        return null;
      }
      throw answered(e);
    }
  }

  /** What the server answers. */
  <T> T ask(Questions.Question<T> question) throws IOException, InterruptedException {
    try {
      return questions.ask(question);
    } catch (JetStreamApiException e) {
      throw answered(e);
    }
  }

  static RemoteUnavailableException answered(JetStreamApiException e) {
    return new RemoteUnavailableException("the server answered: " + e.getErrorDescription(), null);
  }

  private JetStreamManagement management(Duration timeout) throws IOException {
    return connection.jetStreamManagement(
        JetStreamOptions.builder().requestTimeout(timeout).build());
  }

  /** The bucket as it is; null when there is none. */
  @Nullable Bucket bucket() throws IOException, InterruptedException {
    return ask(
        NO_STREAM, timeout -> Bucket.of(management(timeout).getStreamInfo(options.stream())));
  }

  /** The same, asked once. */
  @Nullable Bucket bucket(Duration timeout) throws IOException {
    try {
      return Bucket.of(management(timeout).getStreamInfo(options.stream()));
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == NO_STREAM) {
        return null;
      }
      throw answered(e);
    } catch (IllegalStateException e) {
      throw new IOException("the connection is closed", e);
    }
  }

  /** The newest message of a key; null when there is none. */
  @Nullable MessageInfo newest(String key) throws IOException, InterruptedException {
    return newest(Set.of(key)).get(key);
  }

  /**
   * The newest message of each key that has one, all asked for at once. A wildcard in place of a
   * key is for all of its keys. The leader of the stream is asked: the client library would ask any
   * of its servers, and some may lag behind.
   */
  Map<String, MessageInfo> newest(Set<String> keys) throws IOException, InterruptedException {
    List<String> all = List.copyOf(keys);
    List<String> questions =
        all.stream().map(key -> "{\"last_by_subj\":\"" + subject(key) + "\"}").toList();
    List<Message> found = ask(timeout -> messages(questions, timeout));
    Map<String, MessageInfo> newest = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      MessageInfo message = message(found.get(i));
      if (message != null) {
        newest.put(all.get(i), message);
      }
    }
    return newest;
  }

  /**
   * The next messages of all keys, in their order: those of so many revisions, or later ones where
   * some are gone. When the last one is before the end of these revisions, there were no more.
   */
  List<MessageInfo> next(long revision, int count) throws IOException, InterruptedException {
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String from = Long.toString(revision + i);
      questions.add("{\"seq\":" + from + ",\"next_by_subj\":\"" + subject(">") + "\"}");
    }
    List<MessageInfo> next = new ArrayList<>();
    for (Message answer : ask(timeout -> messages(questions, timeout))) {
      MessageInfo message = message(answer);
      if (message == null) { // what the rest says may have come since
        break;
      }
      if (next.isEmpty() || message.getSeq() > next.get(next.size() - 1).getSeq()) {
        next.add(message);
      }
    }
    return next;
  }

  private String subject(String key) {
    return options.subjectPrefix() + key;
  }

  private List<Message> messages(List<String> questions, Duration timeout)
      throws IOException, InterruptedException {
    String subject = MESSAGE + options.stream();
    List<Message> found;
    try {
      found = answers.of(subject, timeout, () -> askAll(subject, questions, timeout));
    } catch (ExecutionException e) {
      throw new IOException("no answer", e);
    }
    if (found == null) {
      throw new IOException("no answer within " + timeout);
    }
    return found;
  }

  private CompletableFuture<List<Message>> askAll(
      String subject, List<String> questions, Duration timeout) {
    List<CompletableFuture<Message>> each = new ArrayList<>();
    for (String question : questions) {
      byte[] bytes = question.getBytes(StandardCharsets.US_ASCII);
      each.add(connection.requestWithTimeout(subject, bytes, timeout));
    }
    return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
        .thenApply(done -> each.stream().map(CompletableFuture::join).toList());
  }

  private @Nullable MessageInfo message(Message answer) throws RemoteUnavailableException {
    try {
      return new MessageInfo(answer, options.stream(), false).throwOnHasError();
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == NO_MESSAGE) {
        return null;
      }
      throw answered(e);
    }
  }

  /** Asks for a consumer, once: a second one may have to be at another server. */
  ConsumerInfo add(ConsumerConfiguration consumer, Duration timeout)
      throws IOException, JetStreamApiException {
    return management(timeout).addOrUpdateConsumer(options.stream(), consumer);
  }
}
