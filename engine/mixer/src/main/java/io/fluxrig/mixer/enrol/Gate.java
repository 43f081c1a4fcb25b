package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.engine.rack.change.ChangeReport.Outcome;
import io.fluxrig.mixer.desk.RateLimit;
import io.fluxrig.mixer.registry.RackEntry;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What racks say, looked at ahead of the desk: whoever says much must not have what is there for all. A rack that is known by name and key has
 * limits of its own, against which counts what that key has signed alone; all others share two. Remembers one entry for each rack that was
 * admitted.
 *
 * <p>Any thread; {@link #learn} and {@link #forget} are called on the desk.
 */
public final class Gate {
    /** Heartbeats of one rack in a second, twice that after a pause: more than one says that changes all the time. */
    static final long HEARTBEATS_PER_SECOND = 20;

    /** Hellos of one rack that was admitted, which says one every other second at most. */
    static final long HELLOS_PER_SECOND = 5;

    /** Heartbeats of all that are not known: each is a question of the registry. */
    static final long STRANGE_HEARTBEATS_PER_SECOND = 20;

    /** Hellos of all that are not known: a rack that waits says one every other second, which takes the desk about a millisecond. */
    static final long STRANGE_HELLOS_PER_SECOND = 200;

    /** Outcomes that a rack may say. The registry has words of the mixer's own beside these, by which it tells what a rack may do. */
    private static final Set<String> OUTCOMES = outcomes();

    private final Consumer<String> dropped;
    private final LongSupplier clockNs;
    private final Map<String, Sender> senders = new ConcurrentHashMap<>();
    private final RateLimit strangeHeartbeats = new RateLimit(STRANGE_HEARTBEATS_PER_SECOND);
    private final RateLimit strangeHellos = new RateLimit(STRANGE_HELLOS_PER_SECOND);
    private final AtomicLong heartbeatsRefused = new AtomicLong();
    private final AtomicLong hellosRefused = new AtomicLong();

    /**
     * @param dropped counts what proves nothing; hears what it was
     * @param clockNs rises evenly
     */
    Gate(Consumer<String> dropped, LongSupplier clockNs) {
        this.dropped = dropped;
        this.clockNs = clockNs;
    }

    /** A rack that was admitted, and how much it says. */
    private record Sender(byte[] key, RateLimit heartbeats, RateLimit hellos) {
        static Sender of(RackEntry rack) {
            return new Sender(rack.key(), new RateLimit(HEARTBEATS_PER_SECOND), new RateLimit(HELLOS_PER_SECOND));
        }
    }

    /** A heartbeat that its key has signed; whose key that is the desk knows. */
    public record Said(byte[] key, Heartbeat heartbeat) {}

    private static Set<String> outcomes() {
        Set<String> words = new HashSet<>(Set.of("", Heartbeat.UNDER_WAY, Heartbeat.KEPT));
        Arrays.stream(Outcome.values())
                .filter(each -> each != Outcome.NONE)
                .map(Outcome::word)
                .forEach(words::add);
        return Set.copyOf(words);
    }

    /** What a message says, if the desk is to hear of it; counted if not. */
    public Optional<Said> heartbeat(byte[] body) {
        try {
            Signed signed = Signed.read(body, Heartbeat.LENGTH_MAX);
            Heartbeat heartbeat = signed.body(Heartbeat.class);
            if (!OUTCOMES.contains(heartbeat.outcome())) {
                dropped.accept("a heartbeat with an outcome that no rack of this version says");
            } else if (!signed.isFor(Heartbeat.PURPOSE)) {
                dropped.accept("a heartbeat that its key did not sign");
            } else if (isLet(known(heartbeat.rack(), signed))) {
                return Optional.of(new Said(signed.key(), heartbeat));
            }
        } catch (IOException malformed) {
            dropped.accept("a heartbeat: " + malformed.getMessage());
        }
        return Optional.empty();
    }

    private boolean isLet(Sender sender) {
        return take(sender == null ? strangeHeartbeats : sender.heartbeats(), heartbeatsRefused);
    }

    /** Whether the desk is to hear of a hello; counted if not. What proves nothing is counted there. */
    public boolean hello(byte[] body) {
        RateLimit limit = strangeHellos;
        try {
            Signed signed = Signed.read(body, Hello.LENGTH_MAX);
            Sender sender = known(signed.body(Hello.class).rack(), signed);
            if (sender != null && signed.isFor(Hello.PURPOSE)) {
                limit = sender.hellos();
            }
        } catch (IOException malformed) {
            // anybody's, as what nobody has signed; the desk counts it
            return take(strangeHellos, hellosRefused);
        }
        return take(limit, hellosRefused);
    }

    /** Null where there is none of that name and key. */
    private Sender known(String rack, Signed signed) {
        Sender sender = senders.get(rack);
        return sender != null && Arrays.equals(sender.key(), signed.key()) ? sender : null;
    }

    private boolean take(RateLimit limit, AtomicLong refused) {
        boolean passes;
        synchronized (limit) {
            passes = limit.take(clockNs.getAsLong());
        }
        refused.addAndGet(passes ? 0 : 1);
        return passes;
    }

    /** A rack was admitted, or is known to have been. */
    void learn(RackEntry rack) {
        senders.compute(
                rack.name(),
                (name, before) -> before != null && Arrays.equals(before.key(), rack.key()) ? before : Sender.of(rack));
    }

    /** A rack was removed. */
    void forget(String rack) {
        senders.remove(rack);
    }

    /** Heartbeats that were too many. */
    public long heartbeatsRefused() {
        return heartbeatsRefused.get();
    }

    /** Hellos that were too many. */
    public long hellosRefused() {
        return hellosRefused.get();
    }
}
