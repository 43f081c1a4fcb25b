package io.fluxrig.transport.snake.wire;

import io.fluxrig.perf.clock.Clock;
import io.fluxrig.transport.ends.JournalGate;
import io.fluxrig.transport.ends.WireRings;
import io.fluxrig.transport.journal.Journal;
import io.fluxrig.transport.journal.store.JournalException;
import io.fluxrig.transport.snake.nats.Bus;
import io.fluxrig.transport.snake.nats.SnakeSettings;
import io.fluxrig.transport.snake.seal.Envelope;
import io.fluxrig.transport.snake.seal.Origin;
import io.fluxrig.transport.snake.seal.SnakeKey;
import io.fluxrig.transport.snake.seal.WireKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the ends of a rack's guaranteed wires, each with what it needs: over a journal where the receiver confirms, over rings where
 * the broker does. {@code consumer} is what the stream calls the receivers of a subject.
 *
 * <p>Threading: owner only, before the strips run.
 */
public final class SnakeWires {
    private static final Logger LOG = LoggerFactory.getLogger(SnakeWire.class);

    private final SnakeSettings settings;
    private final Bus bus;
    private final WireKeys keys;
    private final Clock clock;
    private final SecureRandom random;

    /** @param keys those that all racks share */
    public SnakeWires(SnakeSettings settings, Bus bus, WireKeys keys, Clock clock, SecureRandom random) {
        this.settings = settings;
        this.bus = bus;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /** The sending end of a wire with {@code confirm: receiver}; closes the journal, an outgoing one. */
    public SnakeWire leaving(String subject, Journal journal) {
        JournalGate gate = new JournalGate();
        SnakeFigures figures = new SnakeFigures();
        return new SnakeWire(
                subject,
                journal,
                journal,
                gate,
                figures,
                wakeStrip -> publisher(subject, true, new JournalDepartures(journal, gate), gate, figures),
                () -> {});
    }

    /** The sending end of a wire with {@code confirm: broker}. */
    public SnakeWire leaving(String subject, WireRings rings) {
        SnakeFigures figures = new SnakeFigures();
        byte[] run = new byte[Envelope.ORIGIN_LENGTH];
        random.nextBytes(run);
        return new SnakeWire(
                subject,
                rings,
                null,
                rings.gate(),
                figures,
                wakeStrip -> publisher(
                        subject, false, new RingDepartures(new Origin(run), rings, wakeStrip), rings.gate(), figures),
                () -> {});
    }

    /**
     * The receiving end of a wire with {@code confirm: receiver}; closes the journal, an incoming one.
     *
     * @param shared whether other racks may take from the wire, too
     * @throws JournalException if the file of what was received cannot be used; the journal is closed then
     */
    public SnakeWire arriving(String subject, String consumer, boolean shared, Journal journal, int strips)
            throws JournalException {
        SeenIds seen = seen(journal);
        JournalGate gate = new JournalGate();
        SnakeFigures figures = new SnakeFigures();
        return new SnakeWire(
                subject,
                journal,
                journal,
                gate,
                figures,
                wakeStrip -> puller(
                        receiver(subject, consumer, shared, true, journal.messageLengthMax()),
                        new JournalLanding(journal.feed(), strips),
                        seen,
                        gate,
                        figures),
                seen);
    }

    /** The same of a wire with {@code confirm: broker}; what it has seen is known to this process only. */
    public SnakeWire arriving(String subject, String consumer, boolean shared, WireRings rings) {
        SeenIds seen = SeenIds.inMemory();
        SnakeFigures figures = new SnakeFigures();
        return new SnakeWire(
                subject,
                rings,
                null,
                rings.gate(),
                figures,
                wakeStrip -> puller(
                        receiver(subject, consumer, shared, false, rings.messageLengthMax()),
                        new RingLanding(rings, wakeStrip),
                        seen,
                        rings.gate(),
                        figures),
                seen);
    }

    private Publisher publisher(
            String subject, boolean confirm, Departures from, JournalGate gate, SnakeFigures figures) {
        return new Publisher(
                SenderSettings.of(settings, subject, confirm),
                bus,
                from,
                new SnakeKey(keys),
                random,
                clock,
                figures,
                gate::wake,
                LOG);
    }

    private ReceiverSettings receiver(
            String subject, String consumer, boolean shared, boolean confirmed, int lengthMax) {
        return new ReceiverSettings(subject, consumer, shared, confirmed, settings.inFlightMax(), lengthMax);
    }

    private Puller puller(ReceiverSettings receiver, Landing to, SeenIds seen, JournalGate gate, SnakeFigures figures) {
        return new Puller(receiver, bus, to, new SnakeKey(keys), seen, random, clock, figures, gate::wake, LOG);
    }

    /** A journal that was left open would keep its folder from the next try. */
    private static SeenIds seen(Journal journal) throws JournalException {
        Path file = journal.settings().folder().resolve("seen");
        SeenIds seen = null;
        try {
            seen = SeenIds.open(file);
            return seen;
        } catch (IOException e) {
            throw new JournalException(file + " cannot be opened", e);
        } finally {
            if (seen == null) {
                abandon(journal);
            }
        }
    }

    private static void abandon(Journal journal) {
        try {
            journal.close();
        } catch (IOException e) {
            LOG.warn(
                    "journal {} was not closed in order: {}", journal.settings().identity(), e.toString());
        }
    }
}
