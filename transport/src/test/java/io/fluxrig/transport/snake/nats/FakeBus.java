package io.fluxrig.transport.snake.nats;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A stream in memory that answers at once and can be told to fail as NATS does. One thread. */
public final class FakeBus implements Bus {
    public final List<String> published = new ArrayList<>();
    public final List<String> answers = new ArrayList<>();
    public long connection = 1;
    public boolean losesAcknowledgements;
    public boolean losesConfirmations;
    /** The stream takes nothing and says nothing to it. */
    public boolean deaf;

    public boolean withholdsAnswers;
    /** Subjects that publishing to is refused, and nothing is answered. */
    public final Set<String> forbidden = new HashSet<>();
    /** What is wrong with the stream, null for nothing. */
    public String streamFault;

    private final Map<String, Long> refusals = new HashMap<>();
    public String refusal;
    public int asked;
    public int pulls;
    public int confirmations;
    /** Run where the server is waited for. */
    public Runnable waited = () -> {};
    /** Run where a receiver says a word about a message. */
    public Runnable told = () -> {};
    /** No server leads the consumer, though one leads the stream. */
    public boolean leaderless;
    /** What requests for messages are answered with at once; 0 for what there is. */
    public int pullStatus;
    /** Longest message. */
    public long bodyMax = Long.MAX_VALUE;
    /** The server is one of a cluster. */
    public boolean ofMany;
    /** Questions about the consumer that have no answer yet to come, as where its leader is busy. */
    public int unansweredLooks;
    /** Looks for stranded messages yet to come that tell nothing. */
    public int untoldLooks;
    /** Run where a consumer is forgotten. */
    public Runnable forgets = () -> leaderless = false;
    /** May be another's too. */
    public FakeBucket bucket = new FakeBucket();

    private final Map<String, Consumer<BusMessage>> listeners = new LinkedHashMap<>();
    private final TreeMap<Long, Stored> stream = new TreeMap<>();
    /** Where the stream has the first one of each. */
    private final Map<String, Long> ids = new HashMap<>();

    private final Map<Long, Stored> delivered = new HashMap<>();
    /** Removed from the stream since they were acknowledged. */
    private final TreeMap<Long, Stored> removed = new TreeMap<>();
    /** In the stream, though the consumer takes them for acknowledged. */
    private final TreeMap<Long, Stored> stranded = new TreeMap<>();

    private final Deque<Runnable> withheld = new ArrayDeque<>();
    private boolean made;
    private long sequence;
    private int inboxes;
    /** All are served, the oldest first, until each has what it asked for or has run out; a new connection ends none. */
    private final Deque<Request> requests = new ArrayDeque<>();

    private static final class Request {
        private final String replyTo;
        private int wanted;

        Request(String replyTo, int wanted) {
            this.replyTo = replyTo;
            this.wanted = wanted;
        }
    }

    private record Stored(String id, String subject, byte[] body) {}

    @Override
    public long connection() {
        return connection;
    }

    @Override
    public long bodyMax() {
        return bodyMax;
    }

    @Override
    public boolean ofMany() {
        return ofMany;
    }

    @Override
    public long refusals(String subject) {
        return refusals.getOrDefault(subject, 0L);
    }

    private boolean allowed(String subject) {
        String refused = Bus.refused(subject);
        boolean allowed = !forbidden.contains(refused);
        if (!allowed) {
            refusals.merge(refused, 1L, Long::sum);
        }
        return allowed;
    }

    @Override
    public boolean publish(String subject, String replyTo, String messageId, byte[] body) {
        if (connection == DOWN) {
            return false;
        }
        if (!allowed(subject)) {
            return true;
        }
        if (subject.startsWith("$JS.API.STREAM.MSG.GET.KV_")) {
            bucket.read(new String(body, StandardCharsets.US_ASCII), replyTo, this::hand);
        } else if (subject.equals(HeldAnswer.SUBJECT)) {
            tellHeld(new String(body, StandardCharsets.US_ASCII), replyTo);
        } else if (subject.startsWith(ACK)) {
            acknowledge(Long.parseLong(subject.substring(ACK.length())), new String(body, StandardCharsets.US_ASCII));
        } else if (subject.startsWith("flux.msg.")) {
            if (body.length > bodyMax) {
                throw new IllegalStateException("a connection that is lost over a message of " + body.length);
            }
            published.add(messageId);
            if (!deaf) {
                store(subject, replyTo, messageId, body);
            }
        } else if (!losesConfirmations) {
            confirmations++;
            hand(subject, new BusMessage(subject, null, 0, "", body));
        }
        return true;
    }

    private void tellHeld(String question, String replyTo) {
        asked++;
        long at = Long.parseLong(question.substring("{\"seq\":".length(), question.length() - 1));
        Stored found = Stream.of(stream, delivered, stranded)
                .map(place -> place.get(at))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        String answer = found == null
                ? "{\"error\":{\"err_code\":10037,\"description\":\"no message found\"}}"
                : "{\"message\":{\"seq\":" + at + ",\"hdrs\":\"" + headers(found.id()) + "\"}}";
        withheld.add(
                () -> hand(replyTo, new BusMessage(replyTo, null, 0, "", answer.getBytes(StandardCharsets.US_ASCII))));
        if (!withholdsAnswers) {
            answerWithheld(withheld.size());
        }
    }

    private static String headers(String id) {
        byte[] lines = ("NATS/1.0\r\nNats-Msg-Id: " + id + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(lines);
    }

    /** Says so much of what the stream was asked and did not say yet. */
    public void answerWithheld(int count) {
        for (int i = 0; i < count; i++) {
            withheld.remove().run();
        }
    }

    private void store(String subject, String replyTo, String id, byte[] body) {
        String answer;
        if (refusal != null) {
            answer = "{\"error\":{\"err_code\":10077,\"description\":\"" + refusal + "\"}}";
        } else if (!made) {
            hand(replyTo, new BusMessage(replyTo, null, 503, "No Responders", new byte[0]));
            return;
        } else if (ids.putIfAbsent(id, sequence + 1) == null) {
            stream.put(++sequence, new Stored(id, subject, body));
            answer = "{\"stream\":\"flux-msg\",\"seq\":" + sequence + "}";
        } else {
            answer = "{\"stream\":\"flux-msg\",\"seq\":" + ids.get(id) + ",\"duplicate\":true}";
        }
        if (!losesAcknowledgements) {
            hand(replyTo, new BusMessage(replyTo, null, 0, "", answer.getBytes(StandardCharsets.US_ASCII)));
        }
        deliver();
    }

    private void acknowledge(long number, String word) {
        answers.add(word.length() > 5 ? word.substring(0, 4) : word);
        told.run();
        Stored message = delivered.remove(number);
        if (word.startsWith("-NAK") && message != null) {
            stream.put(number, message);
        } else if (message != null) {
            removed.put(number, message);
        }
    }

    private void deliver() {
        while (!leaderless && !requests.isEmpty() && !stream.isEmpty()) {
            Request request = requests.element();
            if (--request.wanted == 0) {
                requests.remove();
            }
            Map.Entry<Long, Stored> next = stream.pollFirstEntry();
            delivered.put(next.getKey(), next.getValue());
            hand(
                    request.replyTo,
                    new BusMessage(
                            next.getValue().subject(),
                            ACK + next.getKey(),
                            0,
                            "",
                            next.getValue().body()));
        }
    }

    /** What was delivered and not acknowledged comes again, as after AckWait. */
    public void redeliver() {
        stream.putAll(delivered);
        delivered.clear();
        deliver();
    }

    /** As {@code nats stream rm}. */
    public void deleteStream() {
        made = false;
        stream.clear();
        delivered.clear();
        ids.clear();
        sequence = 0;
        end(409, "Consumer Deleted");
    }

    private void end(int status, String why) {
        List<Request> ended = List.copyOf(requests);
        requests.clear();
        ended.forEach(
                request -> hand(request.replyTo, new BusMessage(request.replyTo, null, status, why, new byte[0])));
    }

    /** As a SIGKILL of the server: what was removed is there again, and its consumer remembers that it had it. */
    public void forgetRemovals() {
        stranded.putAll(removed);
        removed.clear();
    }

    public void heartbeat() {
        requests.forEach(request ->
                hand(request.replyTo, new BusMessage(request.replyTo, null, 100, "Idle Heartbeat", new byte[0])));
    }

    public void expire() {
        end(408, "Request Timeout");
    }

    /** Puts a message into the stream that somebody made. */
    public void inject(String subject, byte[] body) {
        stream.put(++sequence, new Stored("x" + sequence, subject, body));
        deliver();
    }

    /** Delivered, and neither acknowledged nor given back. */
    public int withReceiver() {
        return delivered.size();
    }

    public int inStream() {
        return stream.size() + delivered.size() + stranded.size();
    }

    private void hand(String subject, BusMessage message) {
        listeners.forEach((pattern, to) -> {
            boolean family = pattern.endsWith(".*") && subject.startsWith(pattern.substring(0, pattern.length() - 1));
            if (family || pattern.equals(subject)) {
                to.accept(message);
            }
        });
    }

    @Override
    public boolean publishAfter(String subject, String replyTo, long lastSequence, byte[] body) {
        return connection != DOWN && bucket.write(subject, replyTo, lastSequence, body, this::hand);
    }

    @Override
    public Bucket ensureBucket(String name, Duration kept) {
        return new Bucket(bucket.ensure(), kept);
    }

    @Override
    public String newInbox() {
        return "inbox" + ++inboxes;
    }

    @Override
    public void listen(String subject, Consumer<BusMessage> to) {
        listeners.put(subject, to);
    }

    @Override
    public String ensureStream() {
        waited.run();
        if (!allowed(STREAM_INFO)) {
            return "timeout";
        }
        made = true;
        return streamFault;
    }

    @Override
    public String ensureConsumer(String subject, String consumer, int inFlightMax) {
        String fault = ensureStream();
        return fault == null && !allowed(CONSUMER_INFO + consumer) ? "timeout" : fault;
    }

    @Override
    public boolean pull(String consumer, String replyTo, int count, long expiresNs, long heartbeatNs) {
        if (!allowed(CONSUMER_NEXT + consumer)) {
            return true;
        }
        pulls++;
        if (pullStatus != 0) {
            hand(replyTo, new BusMessage(replyTo, null, pullStatus, "No Responders", new byte[0]));
            return true;
        }
        requests.add(new Request(replyTo, count));
        deliver();
        return true;
    }

    @Override
    public long stranded(String subject, String consumer) {
        waited.run();
        if (untoldLooks-- > 0) {
            return UNKNOWN;
        }
        return stranded.isEmpty() ? NONE : stranded.firstKey();
    }

    @Override
    public Map<String, Long> waiting(String above) {
        if (!allowed(STREAM_INFO)) {
            return null;
        }
        Map<String, Long> waiting = new HashMap<>();
        Stream.of(stream, delivered, stranded)
                .flatMap(place -> place.values().stream())
                .filter(message -> message.subject().startsWith(above + "."))
                .forEach(message -> waiting.merge(message.subject(), 1L, Long::sum));
        return waiting;
    }

    @Override
    public Lead lead(String consumer) {
        waited.run();
        if (!allowed(CONSUMER_INFO + consumer) || unansweredLooks-- > 0) {
            return Lead.UNANSWERED;
        }
        return leaderless ? Lead.NOBODY : Lead.SOMEBODY;
    }

    @Override
    public String forgetConsumer(String consumer) {
        if (!allowed(CONSUMER_DELETE + consumer)) {
            return "timeout";
        }
        forgets.run();
        stream.putAll(stranded);
        stream.putAll(delivered);
        stranded.clear();
        delivered.clear();
        end(409, "Consumer Deleted");
        return null;
    }
}
