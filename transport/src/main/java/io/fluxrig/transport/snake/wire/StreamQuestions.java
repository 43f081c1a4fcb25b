package io.fluxrig.transport.snake.wire;

import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.BusMessage;
import io.fluxrig.transport.snake.nats.HeldAnswer;
import java.util.function.LongFunction;

/**
 * Asks the stream which of a sender's messages it holds still, of those that nobody has confirmed. One that it holds waits for its
 * receiver. One that it does not was lost with it, or its receiver has it and the confirmation was lost: both are sent anew. The
 * stream must say so twice, since one look may meet a confirmation on its way, and a group may have a copy delivered by another rack.
 *
 * <table>
 * <caption>What is asked about, and when</caption>
 * <tr><td>the oldest in hand</td><td>once it has been that for {@link #OLDEST_NS}, since all others wait behind it; again after as long,
 *     and while the stream holds it after twice as long each time, up to {@code snake.confirm_wait}; and after each new connection. The first
 *     wait is twice as long after each loss since the last confirmation</td></tr>
 * <tr><td>each</td><td>{@code snake.confirm_wait} after the stream took it, and after twice as long each time; where the stream had it before,
 *     at once</td></tr>
 * <tr><td>all</td><td>when the oldest is missing: confirmations are not lost one by one, but with a rack or a server</td></tr>
 * </table>
 *
 * <p>So a receiver that is away for an hour has about a question each {@code confirm_wait} asked for it, besides those about each, and what
 * was lost is noticed in about a second. Where no confirmation ever arrives, as where the receiver may not send any, what is in hand is sent
 * anew each {@code confirm_wait} in the end, and not each second. No more than {@link #ASK_MAX} questions in a look. Waits for no answer: one
 * that does not come is asked for again. The wire's thread only.
 */
final class StreamQuestions {
    /** Questions in one look: the stream answers with the whole message. */
    static final int ASK_MAX = 64;

    private static final long OLDEST_NS = 1_000_000_000L;
    private static final long SECOND_LOOK_NS = 200_000_000;
    private static final int DOUBLINGS_MAX = 6;
    /** A first wait of more than an hour, which is the longest {@code snake.confirm_wait}. */
    private static final int IN_VAIN_MAX = 12;

    /** What a question's number holds beside the message's: of how many losses, and which look, its answer is. */
    private static final int LOOK_BITS = 8;

    private static final long NONE = -1;

    private final Bus bus;
    private final SendWindow window;
    private final LongFunction<String> ids;
    private final long confirmWaitNs;
    private final String inbox;
    private long oldest = NONE;
    private long oldestDueNs;
    private long oldestWaitNs;
    /** Losses of an oldest one since the last confirmation; no more than {@link #IN_VAIN_MAX}. */
    private int inVain;

    /** @param ids under which id the stream has a message, by its number in the window */
    StreamQuestions(Bus bus, SendWindow window, LongFunction<String> ids, long confirmWaitNs) {
        this.bus = bus;
        this.window = window;
        this.ids = ids;
        this.confirmWaitNs = confirmWaitNs;
        this.inbox = bus.newInbox();
    }

    /** Below it answers come. */
    String inbox() {
        return inbox;
    }

    /** Asks what is due. */
    void look(long nowNs) {
        int asked = 0;
        for (long number = window.first(); number < window.end() && asked < ASK_MAX; number++) {
            if (window.state(number) == SendWindow.STORED && window.due(number, nowNs)) {
                asked++;
                if (ask(number, nowNs)) {
                    int doublings = Math.min(window.tries(number), DOUBLINGS_MAX);
                    window.due(number, nowNs + (confirmWaitNs << doublings), true);
                }
            }
        }
        askOldest(nowNs);
    }

    private void askOldest(long nowNs) {
        long first = window.first();
        if (window.isEmpty() || window.state(first) != SendWindow.STORED) {
            return;
        }
        if (first != oldest) {
            oldest = first;
            oldestWaitNs = firstWaitNs();
            oldestDueNs = nowNs + oldestWaitNs;
        }
        if (nowNs - oldestDueNs >= 0) {
            ask(first, nowNs);
        }
    }

    /** Of another connection answers do not come any more, nor confirmations. */
    void onConnection(long nowNs) {
        oldestDueNs = nowNs;
        oldestWaitNs = firstWaitNs();
    }

    private long firstWaitNs() {
        return Math.min(OLDEST_NS << inVain, confirmWaitNs);
    }

    /** Something in hand was confirmed: what is sent anew is not sent in vain. */
    void onConfirmation() {
        inVain = 0;
    }

    /** Has all be asked about at once. */
    void askAll(long nowNs) {
        for (long number = window.first(); number < window.end(); number++) {
            if (window.state(number) == SendWindow.STORED && !window.missed(number)) {
                window.due(number, nowNs, false);
            }
        }
    }

    void onAnswer(BusMessage answer, long nowNs) {
        long question = BusMessage.numberBehind(inbox, answer);
        long number = question >> LOOK_BITS;
        boolean open =
                window.holds(number) && window.state(number) == SendWindow.STORED && questionOf(number) == question;
        if (!open) {
            return;
        }
        HeldAnswer said = HeldAnswer.of(answer, ids.apply(number));
        if (said == HeldAnswer.NO) {
            onMissing(number, nowNs);
        } else if (said == HeldAnswer.YES) {
            window.missed(number, false);
            if (number == oldest) {
                oldestWaitNs = Math.min(2 * oldestWaitNs, confirmWaitNs);
            }
        }
    }

    private void onMissing(long number, long nowNs) {
        if (!window.missed(number)) {
            window.missed(number, true);
            window.due(number, nowNs + SECOND_LOOK_NS, false);
            return;
        }
        window.lost(number);
        if (number == oldest) {
            oldest = NONE;
            inVain = Math.min(inVain + 1, IN_VAIN_MAX);
            askAll(nowNs);
        }
    }

    private boolean ask(long number, long nowNs) {
        byte[] question = HeldAnswer.question(window.streamSequence(number));
        boolean asked = bus.publish(HeldAnswer.SUBJECT, inbox + "." + questionOf(number), null, question);
        if (asked && number == oldest) {
            oldestDueNs = nowNs + oldestWaitNs;
        }
        return asked;
    }

    /** Another one after each look and loss: what the stream said before does not count for the one after. */
    private long questionOf(long number) {
        int look = window.losses(number) << 1 | (window.missed(number) ? 1 : 0);
        return number << LOOK_BITS | look & (1 << LOOK_BITS) - 1;
    }
}
