package io.fluxrig.transport.snake.nats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiConsumer;

/** A bucket in memory that several racks may share, and that can be told to fail as NATS does. One thread. */
public final class FakeBucket {
    public final Map<String, Value> values = new LinkedHashMap<>();
    boolean made;
    /** How often somebody has waited for it to say that it is there. */
    public int ensured;
    /** Takes everything and says nothing, until it is told to speak. */
    public boolean silent;
    /** Says nothing of what it takes from now on, for good. */
    public boolean losesAnswers;

    /** Says nothing of what it is asked for from now on, and of what it takes as ever. */
    public boolean losesReads;

    /** As a stream of a cluster of which nobody leads any more: takes nothing, and says nothing when it is asked. */
    public boolean leaderless;

    /** As a cluster of nats-server 2.9: takes two values that are each to replace the same one. */
    public boolean takesTwo;

    /** What ends the next one who sees to it; null for nothing. */
    public Error fails;

    /** So many writes it is just busy for. */
    public int busy;

    private final Queue<Runnable> unsaid = new ArrayDeque<>();
    private long sequence;

    /** @param instead of which */
    public record Value(long sequence, byte[] body, long instead) {
        public Value(long sequence, byte[] body) {
            this(sequence, body, 0);
        }
    }

    String ensure() {
        ensured++;
        if (fails != null) {
            Error now = fails;
            fails = null;
            throw now;
        }
        made |= !leaderless;
        return leaderless ? "no answer" : null;
    }

    /** As {@code nats kv del}. */
    public void remove() {
        made = false;
        values.clear();
        sequence = 0;
    }

    public void speak() {
        silent = false;
        unsaid.forEach(Runnable::run);
        unsaid.clear();
    }

    boolean write(String subject, String replyTo, long after, byte[] body, BiConsumer<String, BusMessage> to) {
        if (!made || leaderless) {
            say(() -> to.accept(replyTo, new BusMessage(replyTo, null, 503, "No Responders", new byte[0])));
            return true;
        }
        if (busy > 0) {
            busy--;
            answer(replyTo, "{\"error\":{\"err_code\":10164,\"description\":\"wrong last sequence\"}}", to);
            return true;
        }
        Value there = values.get(subject);
        boolean second = takesTwo && after != 0 && there != null && there.instead() == after;
        if ((there == null ? 0 : there.sequence()) != after && !second) {
            answer(replyTo, "{\"error\":{\"err_code\":10071,\"description\":\"wrong last sequence\"}}", to);
            return true;
        }
        values.put(subject, new Value(++sequence, body, after));
        String bucket = subject.split("\\.", 3)[1];
        answer(replyTo, "{\"stream\":\"KV_" + bucket + "\",\"seq\":" + sequence + "}", to);
        return true;
    }

    void read(String request, String replyTo, BiConsumer<String, BusMessage> to) {
        if (leaderless || losesReads) {
            return;
        }
        if (!made) {
            answer(replyTo, "{\"error\":{\"err_code\":10059,\"description\":\"stream not found\"}}", to);
            return;
        }
        Value there = values.get(request.substring(request.indexOf(":\"") + 2, request.length() - 2));
        if (there == null) {
            answer(replyTo, "{\"error\":{\"err_code\":10037,\"description\":\"no message found\"}}", to);
            return;
        }
        String data = Base64.getEncoder().encodeToString(there.body());
        answer(replyTo, "{\"message\":{\"seq\":" + there.sequence() + ",\"data\":\"" + data + "\"}}", to);
    }

    private void answer(String replyTo, String json, BiConsumer<String, BusMessage> to) {
        if (!losesAnswers) {
            byte[] body = json.getBytes(StandardCharsets.US_ASCII);
            say(() -> to.accept(replyTo, new BusMessage(replyTo, null, 0, "", body)));
        }
    }

    private void say(Runnable what) {
        if (silent) {
            unsaid.add(what);
        } else {
            what.run();
        }
    }
}
