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
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What racks say, looked at ahead of the desk: whoever says much must not have what is there for all. A rack that is known by name and key has
 * limits of its own, against which counts what that key has signed alone; all others share two. Remembers one entry for each rack that was
 * admitted.
 *
 * <p>A signature takes longer than all else here, so none is checked of what would be too much anyway, nor more than {@value #FORGED_PER_SECOND} in
 * a second that are wrong: beyond that nothing is believed but what names a run that the key was proven to have ({@link ProvenRuns}).
 *
 * <pre>
 *   name, key --limit is full--> dropped
 *       |---- run is proven, or few were forged lately --> signature --right--> limit, desk
 *       |                                                      '------wrong---> forged
 *       '---- run is not, and many were forged ----------> dropped; a hello: as a stranger's
 * </pre>
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

    /** Signatures that are wrong, of heartbeats and of hellos each: anybody may name a rack and its key. About a third of a core. */
    static final long FORGED_PER_SECOND = 600;

    /** Outcomes that a rack may say. The registry has words of the mixer's own beside these, by which it tells what a rack may do. */
    private static final Set<String> OUTCOMES = outcomes();

    private final Consumer<String> dropped;
    private final LongSupplier clockNs;
    private final BiPredicate<Signed, String> check;
    private final Map<String, Sender> senders = new ConcurrentHashMap<>();
    private final RateLimit strangeHeartbeats = new RateLimit(STRANGE_HEARTBEATS_PER_SECOND);
    private final RateLimit strangeHellos = new RateLimit(STRANGE_HELLOS_PER_SECOND);
    private final RateLimit forgedHeartbeats = new RateLimit(FORGED_PER_SECOND);
    private final RateLimit forgedHellos = new RateLimit(FORGED_PER_SECOND);
    private final AtomicLong heartbeatsRefused = new AtomicLong();
    private final AtomicLong hellosRefused = new AtomicLong();

    /**
     * @param dropped counts what proves nothing; hears what it was
     * @param clockNs rises evenly
     */
    Gate(Consumer<String> dropped, LongSupplier clockNs) {
        this(dropped, clockNs, Signed::isFor);
    }

    /** @param check whether a message was signed for a purpose */
    Gate(Consumer<String> dropped, LongSupplier clockNs, BiPredicate<Signed, String> check) {
        this.dropped = dropped;
        this.clockNs = clockNs;
        this.check = check;
    }

    private enum Proof {
        RIGHT,
        WRONG,
        UNCHECKED
    }

    /** A rack that was admitted, and how much it says. */
    private record Sender(byte[] key, RateLimit heartbeats, RateLimit hellos, ProvenRuns runs) {
        static Sender of(RackEntry rack) {
            return new Sender(
                    rack.key(),
                    new RateLimit(HEARTBEATS_PER_SECOND),
                    new RateLimit(HELLOS_PER_SECOND),
                    new ProvenRuns());
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
            } else if (isLet(signed, heartbeat)) {
                return Optional.of(new Said(signed.key(), heartbeat));
            }
        } catch (IOException malformed) {
            dropped.accept("a heartbeat: " + malformed.getMessage());
        }
        return Optional.empty();
    }

    private boolean isLet(Signed signed, Heartbeat heartbeat) {
        Sender sender = known(heartbeat.rack(), signed);
        RateLimit limit = sender == null ? strangeHeartbeats : sender.heartbeats();
        Proof proof = hasRoom(limit)
                ? proof(signed, Heartbeat.PURPOSE, sender, heartbeat.run(), forgedHeartbeats)
                : Proof.UNCHECKED;
        if (proof == Proof.WRONG) {
            dropped.accept("a heartbeat that its key did not sign");
            return false;
        }
        if (proof == Proof.UNCHECKED) {
            heartbeatsRefused.incrementAndGet();
            return false;
        }
        return take(limit, heartbeatsRefused);
    }

    /** Whether the desk is to hear of a hello; counted if not. What proves nothing is counted there. */
    public boolean hello(byte[] body) {
        try {
            Signed signed = Signed.read(body, Hello.LENGTH_MAX);
            Hello hello = signed.body(Hello.class);
            Sender sender = known(hello.rack(), signed);
            if (sender != null && !hasRoom(sender.hellos())) {
                hellosRefused.incrementAndGet();
                return false;
            }
            boolean own =
                    sender != null && proof(signed, Hello.PURPOSE, sender, hello.run(), forgedHellos) == Proof.RIGHT;
            return take(own ? sender.hellos() : strangeHellos, hellosRefused);
        } catch (IOException malformed) {
            // anybody's, as what nobody has signed; the desk counts it
            return take(strangeHellos, hellosRefused);
        }
    }

    /**
     * Checks a signature, unless too many were wrong.
     *
     * @param sender whom it names, null where there is none of that name and key
     * @param run which it names
     */
    private Proof proof(Signed signed, String purpose, Sender sender, long run, RateLimit forged) {
        boolean proven = sender != null && sender.runs().has(run);
        if (!proven && !hasRoom(forged)) {
            return Proof.UNCHECKED;
        }
        if (!check.test(signed, purpose)) {
            forged.take(clockNs.getAsLong());
            if (sender != null) {
                sender.runs().forget(run); // somebody else knows it
            }
            return Proof.WRONG;
        }
        if (sender != null) {
            sender.runs().add(run);
        }
        return Proof.RIGHT;
    }

    /** Null where there is none of that name and key. */
    private Sender known(String rack, Signed signed) {
        Sender sender = senders.get(rack);
        return sender != null && Arrays.equals(sender.key(), signed.key()) ? sender : null;
    }

    private boolean hasRoom(RateLimit limit) {
        return limit.hasRoom(clockNs.getAsLong());
    }

    private boolean take(RateLimit limit, AtomicLong refused) {
        boolean passes = limit.take(clockNs.getAsLong());
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
