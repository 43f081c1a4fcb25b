package io.fluxrig.transport.snake.entry;

import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.BusMessage;
import io.fluxrig.transport.snake.nats.EntryBucket;
import io.fluxrig.transport.snake.nats.Mailbox;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What is asked of the bucket, a question at a time for each entry, and the answers. The sharing thread only, but for the queue that answers
 * come in.
 */
final class EntryQuestions {
    /** After this an answer does not come any more. */
    private static final long ANSWER_NS = 2_000_000_000;

    private static final int QUESTIONS_MAX = 4096;
    /** Answers that may wait, for each question: some come after it was given up. */
    private static final int MAIL_TIMES = 4;

    private final Bus bus;
    private final String bucket;
    private final String answers;
    private final Mailbox mail;
    private final Map<Long, HeldEntry> open = new HashMap<>();
    /** In the order in which they were asked: number, and when an answer does not come any more. */
    private final Deque<long[]> asked = new ArrayDeque<>();

    private long number;

    /** Is given an answer and the entry that it is about. */
    interface Reader {
        void read(HeldEntry entry, BusMessage answer);
    }

    /** @param wake called on the connection's threads when an answer has come */
    EntryQuestions(Bus bus, String bucket, Runnable wake, EntryFigures figures) {
        this.bus = bus;
        this.bucket = bucket;
        this.answers = bus.newInbox();
        this.mail = new Mailbox(MAIL_TIMES * QUESTIONS_MAX, wake, figures.mailDropped);
        mail.listen(bus, answers + ".*");
    }

    /** Whether more may be asked; nothing new is taken in otherwise. */
    boolean haveRoom() {
        return open.size() < QUESTIONS_MAX;
    }

    /** How many are not answered yet. */
    int count() {
        return open.size();
    }

    /** Writes a value where that revision stands, 0 for nothing; false if it was not sent, and nothing is asked. */
    boolean write(HeldEntry entry, long after, byte[] value, long nowNs) {
        return sent(entry, bus.publishAfter(subject(entry), next(entry, nowNs), after, value));
    }

    /** Asks what stands there; false as {@link #write}. */
    boolean read(HeldEntry entry, long nowNs) {
        String what = "{\"last_by_subj\":\"" + subject(entry) + "\"}";
        return sent(
                entry,
                bus.publish(
                        EntryBucket.reads(bucket), next(entry, nowNs), null, what.getBytes(StandardCharsets.US_ASCII)));
    }

    private String subject(HeldEntry entry) {
        return EntryBucket.subject(bucket, entry.token);
    }

    private String next(HeldEntry entry, long nowNs) {
        entry.question = ++number;
        open.put(number, entry);
        asked.add(new long[] {number, nowNs + ANSWER_NS});
        return answers + "." + number;
    }

    private boolean sent(HeldEntry entry, boolean sent) {
        if (!sent) {
            forget(entry);
        }
        return sent;
    }

    private void forget(HeldEntry entry) {
        open.remove(entry.question);
        entry.question = 0;
    }

    /** Hands over the answers that have come, to questions that are still open; whether there were any. */
    boolean readMail(Reader to) {
        boolean any = false;
        for (BusMessage answer = mail.poll(); answer != null; answer = mail.poll()) {
            HeldEntry entry = open.get(BusMessage.numberBehind(answers, answer));
            if (entry != null) {
                any = true;
                forget(entry);
                to.read(entry, answer);
            }
        }
        return any;
    }

    /** Gives up questions whose answers do not come any more, and shows the entries that they were about. */
    void giveUp(long nowNs, Consumer<HeldEntry> to) {
        while (!asked.isEmpty()) {
            HeldEntry entry = open.get(asked.peek()[0]);
            if (entry != null && nowNs - asked.peek()[1] < 0) {
                return;
            }
            asked.remove();
            if (entry != null) {
                forget(entry);
                to.accept(entry);
            }
        }
    }
}
