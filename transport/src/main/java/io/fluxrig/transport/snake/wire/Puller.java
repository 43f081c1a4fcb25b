package io.fluxrig.transport.snake.wire;

import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.BusMessage;
import io.fluxrig.transport.snake.nats.Mailbox;
import io.fluxrig.transport.snake.nats.SparingLog;
import io.fluxrig.transport.snake.seal.Envelope;
import io.fluxrig.transport.snake.seal.EnvelopeSeal;
import io.fluxrig.transport.snake.seal.Origin;
import io.fluxrig.transport.snake.seal.SnakeKey;
import io.fluxrig.transport.snake.thread.SnakeTurns;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.slf4j.Logger;

/**
 * The receiving end of a wire, in turns: asks the stream for as many messages as it has places for, opens them, drops what it has
 * had, passes the others on, and tells stream and sender once they are where they should be. The wire's thread only; what comes
 * from NATS waits in a queue.
 *
 * <p>What is in hand, what waits for it and what is asked for are together no more than its share, {@link
 * ReceiverSettings#inFlightMax()}. A server serves all requests that it has: one that was given up for silence, or made over a connection before, may
 * bring messages beside the next one. What comes beyond the share goes back to the stream at once.
 *
 * <p>A request for messages runs out and is made again; heartbeats say meanwhile that somebody is there. Silence means that the
 * request was lost with its server, or that stream or consumer are gone: both are looked after.
 */
final class Puller implements SnakeTurns {
    static final long EXPIRES_NS = 5_000_000_000L;
    static final long HEARTBEAT_NS = 500_000_000;
    private static final long SILENCE_NS = 3 * HEARTBEAT_NS;
    /**
     * So often the stream hears that what is in hand is not lost. Below {@link Bus#ACK_WAIT_NS}, after which it gives a message to somebody else, and so
     * that two of these may be lost on their way.
     */
    static final long WORKING_NS = 1_500_000_000L;
    /** Before NATS is waited for, which may take most of {@link Bus#ACK_WAIT_NS}, it hears so too, unless it just did. */
    private static final long SAID_NS = 250_000_000;

    private static final int HEARTBEAT = 100;
    /** Ends of a request that has had its time, or what there was: the next one is made at once. */
    private static final List<Integer> ORDINARY_ENDS = List.of(404, 408);
    /** No server takes requests for messages. */
    private static final int NOBODY = 503;
    /** Messages that may wait, for each that is asked for: requests that were given up are served too. */
    private static final int MAIL_TIMES = 4;

    private final ReceiverSettings settings;
    private final Bus bus;
    private final Landing to;
    private final SnakeKey key;
    private final EnvelopeSeal seal;
    private final SeenIds seen;
    private final Verdicts verdicts;
    private final Confirmations confirmations;
    private final InHand inHand;
    private final Clock clock;
    private final SnakeFigures figures;
    private final Logger log;
    private final ConsumerCare care;
    private final GroupShare share;
    private final SparingLog odd;
    private final Mailbox mail;
    /** What has come and could not be passed on yet. */
    private final Queue<BusMessage> arrived = new ArrayDeque<>();

    private final String inbox;
    private final Landing.Settled onSettled = this::onSettled;
    private byte[] plain = new byte[1 << 12];
    private long heardNs;
    private long workingNs;
    private long request;
    private int asked;
    private long askedNs;
    private boolean ending;

    /**
     * Listens to its inbox from now on, and asks for messages in its turns.
     *
     * @param to where messages go; used by nobody else
     * @param seen those that were had before; closed by the owner, after the last turn
     * @param random for the seal, and to spread what receivers ask the servers for
     * @param wake called on the connection's thread when something has come
     */
    Puller(
            ReceiverSettings settings,
            Bus bus,
            Landing to,
            SnakeKey key,
            SeenIds seen,
            SecureRandom random,
            Clock clock,
            SnakeFigures figures,
            Runnable wake,
            Logger log) {
        this.settings = settings;
        this.bus = bus;
        this.to = to;
        this.key = key;
        this.seal = new EnvelopeSeal(key, settings.subject(), random);
        this.seen = seen;
        this.verdicts = new Verdicts(bus);
        this.confirmations = new Confirmations(key, bus);
        this.inHand = new InHand(settings.inFlightMax());
        this.share = new GroupShare(settings, to, log);
        this.clock = clock;
        this.figures = figures;
        this.log = log;
        this.odd = new SparingLog(clock);
        this.inbox = bus.newInbox();
        this.care = new ConsumerCare(settings, bus, this::beforeAWait, random, clock, figures, log);
        this.workingNs = clock.nanoTime();
        this.mail = new Mailbox(
                MAIL_TIMES * settings.inFlightMax(),
                MAIL_TIMES * SenderSettings.IN_FLIGHT_BYTES_MAX,
                wake,
                figures.mailDropped);
        mail.listen(bus, inbox + ".*");
    }

    @Override
    public boolean turn() {
        long nowNs = clock.nanoTime();
        boolean busy = to.settle(onSettled);
        busy |= readMail(nowNs);
        boolean left = ending || share.leftToOthers(nowNs);
        busy |= left ? giveBack() : passOn();
        confirmations.flush(); // before anything that waits for NATS
        to.flush();
        if (!ending && online(nowNs)) {
            ask(left, nowNs);
            if (nowNs - workingNs >= WORKING_NS) {
                care.lookAtRights(nowNs);
                sayWorking(nowNs);
            }
        }
        figures.pending.set(inHand.count());
        return busy;
    }

    /**
     * What nobody has dealt with goes back to the stream, and somebody else may have it at once. What the landing deals with all the same must be known
     * before the end: it would come again to the next run, or to another rack, which do not know that it was had.
     */
    @Override
    public void ending() {
        ending = true;
        to.withdraw();
    }

    @Override
    public void ended() {
        turn();
    }

    /** What a strip has and did not take comes again from the stream. */
    @Override
    public boolean idle() {
        return to.settled();
    }

    /** Without NATS, what was taken is remembered still. */
    @Override
    public boolean hopeless() {
        return bus.connection() == Bus.DOWN && to.settled();
    }

    private void beforeAWait() {
        long nowNs = clock.nanoTime();
        if (nowNs - workingNs >= SAID_NS) {
            sayWorking(nowNs);
        }
    }

    private void sayWorking(long nowNs) {
        workingNs = nowNs;
        inHand.replies(verdicts::working);
        // no room for these yet, and nobody else is to have them either
        arrived.forEach(message -> verdicts.working(message.replyTo()));
    }

    /** Whether messages can be asked for; sees to that, and may wait for NATS. */
    private boolean online(long nowNs) {
        if (!care.connected(nowNs)) {
            return false;
        }
        care.doubt(asked > 0 && nowNs - heardNs > SILENCE_NS, nowNs);
        if (care.see(nowNs)) {
            asked = 0;
        }
        return care.isThere();
    }

    /**
     * Asks anew once everything has come that was asked for, or the request has run out. The server says that it has, but nats-server 2.9 says
     * nothing where it finds that as a message comes: one request in eight, with 200 messages a second.
     */
    private void ask(boolean left, long nowNs) {
        if (asked > 0 && nowNs - askedNs < EXPIRES_NS) {
            return;
        }
        int room = left ? 0 : room();
        if (!arrived.isEmpty() || room == 0) {
            care.idle(nowNs);
            return;
        }
        request++;
        if (bus.pull(settings.consumer(), inbox + "." + request, room, EXPIRES_NS, HEARTBEAT_NS)) {
            asked = room;
            askedNs = nowNs;
            heardNs = nowNs;
        }
    }

    /** Takes in what has come, however little can be passed on; whether there was anything. */
    private boolean readMail(long nowNs) {
        boolean any = false;
        for (BusMessage next = mail.poll(); next != null; next = mail.poll()) {
            any = true;
            heardNs = nowNs;
            care.heard(next.status() == NOBODY, nowNs);
            if (next.status() != 0) {
                onStatus(next);
            } else if (next.replyTo() == null) { // from somebody who knows the inbox, not from the stream
                figures.unopened.increment();
            } else {
                care.served();
                arrive(next);
            }
        }
        return any;
    }

    /**
     * What was asked for has a place. What comes beyond was asked for by a request that was given up, and that the server still
     * serves: where there is no place for it, somebody else may have it at once.
     */
    private void arrive(BusMessage message) {
        if (asked > 0) {
            asked--;
        } else if (room() == 0) {
            verdicts.backNow(message.replyTo());
            return;
        }
        arrived.add(message);
    }

    /** How many more may be asked for. */
    private int room() {
        return inHand.room() - arrived.size();
    }

    private boolean passOn() {
        boolean any = false;
        while (!arrived.isEmpty() && onMessage(arrived.element())) {
            arrived.remove();
            any = true;
        }
        return any;
    }

    /** Leaves to others of the group what could not be passed on, and has back what the landing has not dealt with. */
    private boolean giveBack() {
        boolean any = !arrived.isEmpty();
        for (BusMessage message = arrived.poll(); message != null; message = arrived.poll()) {
            giveBack(message.replyTo());
        }
        to.withdraw();
        return any;
    }

    private void giveBack(String replyTo) {
        if (ending) {
            verdicts.backNow(replyTo);
            return;
        }
        figures.givenBack.increment();
        verdicts.backSoon(replyTo);
    }

    /** Heartbeats are heard, and that is all; whatever else there is ends the request. */
    private void onStatus(BusMessage status) {
        boolean ordinary = ORDINARY_ENDS.contains(status.status());
        boolean heartbeat = status.status() == HEARTBEAT;
        if (ordinary || heartbeat) {
            care.served();
        }
        boolean current = status.subject().equals(inbox + "." + request);
        if (heartbeat || !current) {
            return;
        }
        asked = 0;
        if (!ordinary) {
            care.refused(status);
        }
    }

    /** False if it cannot be passed on now. */
    private boolean onMessage(BusMessage message) {
        if (plain.length < message.body().length) {
            plain = new byte[Integer.highestOneBit(message.body().length) << 1];
        }
        int length = seal.open(message.body(), plain);
        if (length < 0 || length > settings.messageLengthMax()) {
            figures.unopened.increment();
            turnAway(message, length);
            return true;
        }
        try {
            return handOver(message, length);
        } finally {
            Bytes.wipe(plain, 0, length);
        }
    }

    /** What the seal held goes to the landing, unless it was had before; false if there is no room. */
    private boolean handOver(BusMessage message, int length) {
        byte[] envelope = message.body();
        Origin origin = new Origin(Envelope.origin(envelope));
        long sequence = Envelope.sequence(envelope);
        InHand.Message opened = new InHand.Message(
                message.replyTo(),
                origin,
                sequence,
                Envelope.has(envelope, Envelope.FLAG_CONFIRM) ? Envelope.rack(envelope) : null);
        if (seen.has(origin, sequence)) {
            figures.duplicates.increment();
            acknowledge(opened);
            return true;
        }
        if (inHand.has(origin, sequence)) { // the first is not safe yet: this copy comes again if need be
            figures.duplicates.increment();
            return true;
        }
        int place = inHand.put(opened);
        boolean leftOut = Envelope.has(envelope, Envelope.FLAG_DATA_LEFT_OUT);
        if (place < 0) {
            return false;
        }
        if (!to.offer(place, Envelope.strip(envelope), leftOut, plain, length)) {
            inHand.take(place);
            return false;
        }
        return true;
    }

    private void onSettled(int place, Landing.Fate fate) {
        InHand.Message message = inHand.take(place);
        switch (fate) {
            case TAKEN -> {
                seen.add(message.origin(), message.sequence());
                figures.received.increment();
                acknowledge(message);
            }
            case REFUSED -> {
                figures.putBack.increment();
                verdicts.backLater(message.replyTo());
            }
            case WITHDRAWN -> giveBack(message.replyTo());
        }
    }

    private void acknowledge(InHand.Message message) {
        verdicts.taken(message.replyTo());
        if (message.confirmTo() != null) {
            confirmations.add(message.confirmTo(), message.origin(), message.sequence());
        }
    }

    private void turnAway(BusMessage message, int fault) {
        boolean otherKey = fault == EnvelopeSeal.OTHER_KEY;
        if (otherKey) {
            verdicts.backSoon(message.replyTo());
        } else {
            verdicts.dropped(message.replyTo());
        }
        if (odd.due()) {
            String what = "a message too long to pass on was dropped";
            if (otherKey) {
                what = "a message was sealed with another key and stays in the stream; " + key.advice();
            } else if (fault < 0) {
                what = "a message that no rack with this key sealed for this wire was dropped";
            }
            log.error("{}: {} (length={})", settings.subject(), what, message.body().length);
        }
    }
}
