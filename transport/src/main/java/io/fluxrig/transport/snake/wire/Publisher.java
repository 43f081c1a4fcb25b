package io.fluxrig.transport.snake.wire;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.BusMessage;
import io.fluxrig.transport.snake.nats.HeldAnswer;
import io.fluxrig.transport.snake.nats.Mailbox;
import io.fluxrig.transport.snake.nats.PublishAnswer;
import io.fluxrig.transport.snake.nats.SparingLog;
import io.fluxrig.transport.snake.seal.Envelope;
import io.fluxrig.transport.snake.seal.EnvelopeSeal;
import io.fluxrig.transport.snake.seal.SnakeKey;
import io.fluxrig.transport.snake.thread.SnakeTurns;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.slf4j.Logger;

/**
 * The sending end of a wire, in turns: takes messages, seals and publishes them without waiting for each, takes in the stream's
 * acknowledgements and the receivers' confirmations, publishes again what was lost. The wire's thread only; what comes from NATS
 * waits in a queue.
 */
final class Publisher implements SnakeTurns {
    private static final int POLL_MAX = 256;
    private static final long LOOK_NS = 20_000_000;
    private static final long RETRY_MIN_NS = 50_000_000;
    private static final long RETRY_MAX_NS = 1_000_000_000;

    /** Answers that may wait, for each message in hand: one to it, one to a question about it, those to tries before. */
    private static final int MAIL_TIMES = 4;

    private final SenderSettings settings;
    private final Bus bus;
    private final Departures from;
    private final SnakeKey key;
    private final EnvelopeSeal seal;
    private final Clock clock;
    private final SnakeFigures figures;
    private final Logger log;
    private final SparingLog trouble;
    private final SparingLog forged;
    private final RightsWatch rights;
    private final SendWindow window;
    private final PublishPace pace;
    private final Mailbox answers;
    private final Mailbox confirmations;
    private final byte[] rack;
    private final String acks;
    private final StreamQuestions questions;
    private final LongMessages longOnes;
    private final StallWatch stall;
    private byte[] message = new byte[1 << 12];
    private long connection = Bus.DOWN;
    private boolean streamKnown;
    private long streamLast;
    private long lookedNs;
    private long setUpNs;

    /**
     * Listens to acknowledgements and confirmations from now on, and publishes in its turns.
     *
     * @param from where messages come from; used by nobody else
     * @param random for the seal, and to spread what senders try again
     * @param wake called on the connection's thread when something has come
     */
    Publisher(
            SenderSettings settings,
            Bus bus,
            Departures from,
            SnakeKey key,
            SecureRandom random,
            Clock clock,
            SnakeFigures figures,
            Runnable wake,
            Logger log) {
        this.settings = settings;
        this.bus = bus;
        this.from = from;
        this.key = key;
        this.seal = new EnvelopeSeal(key, settings.subject(), random);
        this.clock = clock;
        this.figures = figures;
        this.log = log;
        this.trouble = new SparingLog(clock);
        this.forged = new SparingLog(clock);
        this.rights = rights(settings, bus, figures);
        this.window = new SendWindow(settings.inFlightMax(), settings.inFlightBytesMax(), settings.confirm());
        this.pace = new PublishPace(settings.inFlightMax(), settings.ackWaitNs(), random, clock.nanoTime());
        this.rack = settings.rack().getBytes(StandardCharsets.US_ASCII);
        this.acks = bus.newInbox();
        this.questions = new StreamQuestions(bus, window, this::idOf, settings.confirmWaitNs());
        this.stall = new StallWatch(from, clock, settings.stallNs());
        this.longOnes = new LongMessages(settings, bus, from, clock, figures, log);
        this.lookedNs = clock.nanoTime();
        this.setUpNs = lookedNs - RETRY_MAX_NS;
        this.answers = new Mailbox(MAIL_TIMES * settings.inFlightMax(), wake, figures.mailDropped);
        this.confirmations = new Mailbox(MAIL_TIMES * settings.inFlightMax(), wake, figures.mailDropped);
        answers.listen(bus, acks + ".*");
        answers.listen(bus, questions.inbox() + ".*");
        if (settings.confirm()) {
            confirmations.listen(bus, Confirmation.subject(settings.rack(), from.origin()));
        }
    }

    private static RightsWatch rights(SenderSettings settings, Bus bus, SnakeFigures figures) {
        return new RightsWatch(
                bus,
                figures,
                List.of(Bus.STREAM_INFO, settings.subject()),
                settings.confirm()
                        ? List.of(new RightsWatch.Quiet(HeldAnswer.SUBJECT, RightsWatch.QUIET_NS))
                        : List.of());
    }

    /** One turn; whether there was anything to do. */
    @Override
    public boolean turn() {
        long nowNs = clock.nanoTime();
        boolean busy = readMail(nowNs);
        busy |= settle(nowNs);
        if (online(nowNs)) {
            if (window.waiting() > 0) {
                publishWaiting(nowNs);
            }
            if (nowNs - lookedNs >= LOOK_NS) {
                lookedNs = nowNs;
                lookAround(nowNs);
            }
        }
        busy |= takeIn(nowNs);
        watchForStall(nowNs);
        figures.pending.set(window.count());
        return busy;
    }

    /** Whether nothing is in hand. */
    @Override
    public boolean idle() {
        return window.isEmpty();
    }

    @Override
    public boolean hopeless() {
        return bus.connection() == Bus.DOWN;
    }

    /** Whether there is a connection with a stream behind it; sees to the stream on every new one. Waits for an answer then. */
    private boolean online(long nowNs) {
        long now = bus.connection();
        if (now != connection) {
            connection = now;
            streamKnown = false;
            rights.anew();
        }
        if (now == Bus.DOWN) {
            return false;
        }
        if (!streamKnown && nowNs - setUpNs >= RETRY_MIN_NS) {
            setUpNs = nowNs;
            String fault = bus.ensureStream();
            streamKnown = fault == null;
            if (streamKnown) {
                rights.well(nowNs);
                afterSetUp(nowNs);
            } else if (!fault.equals(Bus.ASKED_FOR)) {
                rights.look(nowNs);
                complain("no stream to send to: " + fault);
            }
        }
        return streamKnown;
    }

    /** Answers of another connection do not come any more. */
    private void afterSetUp(long nowNs) {
        for (long number = window.first(); number < window.end(); number++) {
            if (window.state(number) == SendWindow.PUBLISHED) {
                window.retry(number, nowNs);
                pace.probe();
            }
        }
        questions.onConnection(nowNs);
    }

    private boolean takeIn(long nowNs) {
        int taken = 0;
        while (taken < POLL_MAX && window.room() && (window.isEmpty() || streamKnown)) {
            int one = from.poll(this::onMessage, 1);
            if (one == 0) {
                break;
            }
            taken++;
            long number = window.end() - 1;
            if (window.count() == 1) {
                stall.progress(nowNs);
            }
            // what waits already goes first
            if (streamKnown && window.waiting() == 1 && window.unanswered() <= pace.limit()) {
                publish(number, nowNs, window.unanswered() == 1);
            }
        }
        return taken > 0;
    }

    private void onMessage(long sequence, int strip, boolean dataLeftOut, ByteBuffer memory, int offset, int length) {
        if (message.length < length) {
            message = new byte[Integer.highestOneBit(length) << 1];
        }
        memory.get(offset, message, 0, length);
        int flags = (dataLeftOut ? Envelope.FLAG_DATA_LEFT_OUT : 0) | (settings.confirm() ? Envelope.FLAG_CONFIRM : 0);
        byte[] envelope = seal.seal(flags, rack, strip, from.origin().bytes(), sequence, message, length);
        Bytes.wipe(message, 0, length);
        window.add(sequence, strip, envelope);
    }

    /** What waits for its length is not under way, and would leave nothing for the others. */
    private void publishWaiting(long nowNs) {
        int open = pace.limit();
        for (long number = window.first(); number < window.end() && window.waiting() > 0 && open > 0; number++) {
            int state = window.state(number);
            boolean next = state == SendWindow.WAITING && window.due(number, nowNs);
            if (next && !publish(number, nowNs, open == pace.limit())) {
                return;
            }
            boolean unanswered = state == SendWindow.WAITING || state == SendWindow.PUBLISHED;
            open -= unanswered && !longOnes.holds(number) ? 1 : 0;
        }
    }

    /**
     * One that is too long waits, and the next may go.
     *
     * @param oldest of those without an answer
     * @return false if nothing can be published now
     */
    private boolean publish(long number, long nowNs, boolean oldest) {
        if (longOnes.keep(number, window.body(number).length)) {
            window.due(number, nowNs + RETRY_MAX_NS, false);
            return true;
        }
        if (!bus.publish(settings.subject(), acks + "." + number, idOf(number), window.body(number))) {
            return false;
        }
        if (window.tries(number) > 0 || window.losses(number) > 0) {
            figures.republished.increment();
        }
        window.published(number, nowNs + pace.waitNs(window.silences(number), oldest));
        return true;
    }

    /** The same for every try, another after a loss: the stream drops what it has seen within its window. */
    private String idOf(long number) {
        String id = from.origin() + "-" + window.sequence(number);
        return window.losses(number) == 0 ? id : id + "." + window.losses(number);
    }

    private boolean readMail(long nowNs) {
        boolean any = false;
        for (BusMessage answer = answers.poll(); answer != null; answer = answers.poll()) {
            any = true;
            if (answer.subject().startsWith(acks + ".")) {
                onAck(BusMessage.numberBehind(acks, answer), answer, nowNs);
            } else {
                questions.onAnswer(answer, nowNs);
            }
        }
        for (BusMessage one = confirmations.poll(); one != null; one = confirmations.poll()) {
            any = true;
            onConfirmation(one);
        }
        return any;
    }

    private void onAck(long number, BusMessage answer, long nowNs) {
        if (!window.holds(number)) {
            return;
        }
        PublishAnswer read = PublishAnswer.ofWires(answer);
        if (read.fault() == null) {
            watchTheCount(read, nowNs);
            if (pace.answered(nowNs)) {
                window.hasten(nowNs + pace.answeredWaitNs());
            }
            // what the stream had before may long have been taken out, and its confirmation have come while nobody was
            // there for it; of a whole window of such the oldest one tells
            boolean atOnce = read.duplicate() && number == window.first();
            long askNs = atOnce ? nowNs : nowNs + settings.confirmWaitNs();
            if (window.stored(number, read.sequence(), askNs)) {
                figures.stored.increment();
                rights.well(nowNs);
            }
            return;
        }
        if (window.state(number) != SendWindow.PUBLISHED) {
            return;
        }
        window.retry(number, nowNs + backOff(window.tries(number)));
        pace.probe();
        if (read.noStream()) {
            streamKnown = false;
            questions.askAll(nowNs);
        } else {
            figures.brokerRefused.increment();
        }
        complain("the stream does not take messages: " + read.fault());
    }

    /** A stream that was made again or put back counts from further down, and has lost what was in it. */
    private void watchTheCount(PublishAnswer read, long nowNs) {
        if (read.duplicate()) {
            return;
        }
        if (read.sequence() <= streamLast) {
            log.warn("{}: the stream counts anew; it is asked about every message in hand", settings.subject());
            questions.askAll(nowNs);
        }
        streamLast = read.sequence();
    }

    private void onConfirmation(BusMessage answer) {
        long[] sequences = Confirmation.read(key, from.origin(), answer.body());
        if (sequences == null) {
            figures.forged.increment();
            if (forged.due()) {
                log.warn(
                        "{}: a confirmation that no receiving rack made, or under another key, was dropped",
                        settings.subject());
            }
            return;
        }
        for (long sequence : sequences) {
            if (window.confirmed(sequence)) {
                questions.onConfirmation();
            }
        }
    }

    private boolean settle(long nowNs) {
        int strip = window.settle();
        if (strip < 0) {
            return false;
        }
        while (strip >= 0) {
            from.settled(strip);
            figures.confirmed.increment();
            strip = window.settle();
        }
        stall.progress(nowNs);
        from.flush();
        if (trouble.over()) {
            log.info("{}: messages get away again", settings.subject());
        }
        return true;
    }

    /** Publishes again what got no answer, and asks the stream about what nobody has confirmed. */
    private void lookAround(long nowNs) {
        rights.look(nowNs);
        longOnes.forgetBefore(window.first());
        for (long number = window.first(); number < window.end(); number++) {
            if (window.state(number) == SendWindow.PUBLISHED && window.due(number, nowNs)) {
                window.silent(number, nowNs);
                pace.silent(nowNs);
            }
        }
        questions.look(nowNs);
    }

    private void watchForStall(long nowNs) {
        boolean stalled = stall.isStalled(!window.isEmpty(), nowNs);
        if (stalled && bus.connection() == Bus.DOWN) {
            complain("nothing gets away: there is no connection to NATS");
        } else if (stalled) {
            complain("nothing gets away: " + window.count() + " messages wait for "
                    + (settings.confirm() ? "their receiver" : "the stream"));
        }
    }

    private void complain(String what) {
        if (trouble.due()) {
            log.warn("{}: {}; messages wait and are sent again", settings.subject(), what);
        }
    }

    private static long backOff(int tries) {
        return Math.min(RETRY_MAX_NS, RETRY_MIN_NS << Math.min(tries, 5));
    }
}
