package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.control.RunNumber;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.mixer.bus.Granted;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import io.fluxrig.mixer.registry.RegistryException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one rack one process: where its folder was copied, keys and passport with it, the later run is told to stop. People are told of one for
 * each rack in {@value #APART_MS} ms: whoever has the keys may have as many runs as he likes. A line of the
 * audit log at which the registry failed is written later, the last for each rack; where it was kept and could not be said to be, twice. Desk
 * only, but {@link #areUnwritten}.
 */
final class Copies {
    private static final Logger LOG = LoggerFactory.getLogger(Copies.class);
    private static final String TO_THE_RACK =
            "another run with its key is there, and was earlier: this folder was copied, or is"
                    + " the original of a copy. Keep one of the two; for a rack of its own remove node.key, login.key and passport.cbor here"
                    + " and choose another rack.name. It runs again once the other one has ended";
    private static final String OF_THE_RACK = "a copy of its folder runs too, and is refused: end one of the two";

    /** Between two lines for one rack. */
    static final long APART_MS = 60_000;

    private final Runs runs;
    private final Registry registry;
    private final RackLine line;
    private final InstantSource clock;
    private final LongSupplier clockNs;
    /** When people were told of a copy last, by rack. */
    private final Map<String, Long> toldNs = new HashMap<>();

    private final Map<String, AuditEntry> unwritten = new LinkedHashMap<>();
    private volatile boolean areUnwritten;

    /**
     * @param clock what is written down
     * @param clockNs rises evenly
     */
    Copies(Runs runs, Registry registry, RackLine line, InstantSource clock, LongSupplier clockNs) {
        this.runs = runs;
        this.registry = registry;
        this.line = line;
        this.clock = clock;
        this.clockNs = clockNs;
    }

    /** As {@link Runs#refusal}. */
    String refusal(String rack, long run, long atMs, long writtenMs) {
        return runs.refusal(rack, run, atMs, writtenMs);
    }

    /** Whether a heartbeat is of a copy, which is told so; of one that was not known an operator is told too. */
    boolean isOne(RackEntry rack, Heartbeat heartbeat) {
        Runs.Heard heard = runs.heard(rack.name(), heartbeat.run(), heartbeat.writtenMs());
        if (heard.noticed() != 0) {
            line.tellCopied(rack, heard.noticed(), TO_THE_RACK);
            tellPeople(rack, heard.noticed());
        } else if (heard.refused()) {
            line.tellCopied(rack, heartbeat.run(), TO_THE_RACK);
        }
        return heard.refused();
    }

    private void tellPeople(RackEntry rack, long run) {
        long now = clockNs.getAsLong();
        Long before = toldNs.get(rack.name());
        if (before != null && now - before < TimeUnit.MILLISECONDS.toNanos(APART_MS)) {
            return;
        }
        toldNs.put(rack.name(), now);
        String which = "key " + PublicKeys.fingerprint(rack.key()) + ", began " + RunNumber.began(run);
        LOG.error(
                "rack {}: two run at once with its key, so its folder was copied; the later one is refused ({})",
                rack.name(),
                which);
        writeDown(AuditEntry.of(clock.millis(), "mixer", "rack.copied", rack.name(), which));
    }

    private void writeDown(AuditEntry line) {
        try {
            registry.audit(line.who(), line.action(), line.subject(), line.detail(), line.atMs());
        } catch (RegistryException failed) {
            // it is noticed once only
            LOG.warn("that rack {} was copied is written down later: {}", line.subject(), failed.getMessage());
            unwritten.put(line.subject(), line);
            areUnwritten = true;
        }
    }

    /** Whether the registry failed at one, and it was not tried since; any thread. */
    boolean areUnwritten() {
        return areUnwritten;
    }

    /** Writes down what could not be. */
    void writeDown() {
        List<AuditEntry> lines = List.copyOf(unwritten.values());
        unwritten.clear();
        areUnwritten = false;
        lines.forEach(this::writeDown);
    }

    /** Whether a hello is of a copy that is known, or says that it is one; the answer is so. */
    boolean isOne(RackEntry rack, Hello hello, String replyTo) {
        boolean refused = hello.copied()
                ? runs.isRefusedAsItSays(rack.name(), hello.run(), hello.atMs())
                : runs.isRefused(rack.name(), hello.run());
        if (refused) {
            // nobody but who waits for the answer to this very hello believes it: somebody may have sent an old one
            // again
            line.answer(replyTo, hello, rack.key(), Standing.COPIED, TO_THE_RACK, Granted.NOTHING);
        }
        return refused;
    }

    /** What there is to say of a rack of which a copy was heard lately; empty for none. */
    String of(String rack) {
        return runs.isCopied(rack) ? OF_THE_RACK : "";
    }

    /** The rack was removed. */
    void forget(String rack) {
        runs.forget(rack);
        toldNs.remove(rack);
    }
}
