package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Freshness;
import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.mixer.registry.RackEntry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the racks are, by their heartbeats; one entry for each rack that is known. Desk only, but where it says any thread. */
public final class Fleet {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    /** Hellos that are remembered; anybody may say one. */
    private static final int HELLOS_MAX = 4_096;

    private final Enrolment enrolment;
    private final InstantSource clock;
    private final LongSupplier clockNs;
    private final long awayNs;
    private final Map<String, Presence> present = new ConcurrentHashMap<>();
    private final AtomicLong heard = new AtomicLong();
    /** When racks said hello last, by {@link #clockNs}, and the fingerprints of their keys: those that wait send nothing else. */
    private final Map<String, Long> hellos = new LinkedHashMap<>();
    /** Of those the ones that have sent no heartbeat since. */
    private final Set<String> silent = new HashSet<>();

    /**
     * @param awayMs a rack that was not heard of for that long is away
     * @param clock what people read, and racks' messages are held against
     * @param clockNs rises evenly, whatever is done to the machine's clock
     */
    public Fleet(Enrolment enrolment, long awayMs, InstantSource clock, LongSupplier clockNs) {
        this.enrolment = enrolment;
        this.awayNs = TimeUnit.MILLISECONDS.toNanos(awayMs);
        this.clock = clock;
        this.clockNs = clockNs;
        enrolment.whenRemoved(this::forget);
    }

    /** A rack says how it is; the listener hears what is believed. */
    public void heartbeat(Gate.Said said, BiConsumer<RackEntry, Heartbeat> listener) {
        Heartbeat heartbeat = said.heartbeat();
        RackEntry rack = enrolment.sender(said);
        if (rack != null && !enrolment.copies().isOne(rack, heartbeat)) {
            heard.incrementAndGet();
            present.put(
                    rack.name(), Presence.of(heartbeat, clock.millis(), clockNs.getAsLong(), present.get(rack.name())));
            enrolment.remind(rack, heartbeat);
            listener.accept(rack, heartbeat);
        }
    }

    /** A rack, or somebody who would be one, says hello; what proves nothing is nobody's here. */
    public void hello(byte[] body) {
        try {
            Signed signed = Signed.read(body, Hello.LENGTH_MAX);
            Hello hello = signed.body(Hello.class);
            if (signed.isFor(Hello.PURPOSE) && Freshness.isNear(hello.writtenMs(), clock.millis())) {
                String key = PublicKeys.fingerprint(signed.key());
                hellos.remove(key);
                hellos.put(key, clockNs.getAsLong());
                silent.add(key);
                if (hellos.size() > HELLOS_MAX) {
                    String oldest = hellos.keySet().iterator().next();
                    hellos.remove(oldest);
                    silent.remove(oldest);
                }
            }
        } catch (IOException malformed) {
            LOG.debug("a hello that is none: {}", malformed.getMessage());
        }
    }

    /** Whether the heartbeat that came just now is the first one since the rack's hello; once for each hello. */
    public boolean isFirstSinceHello(RackEntry rack) {
        return !silent.isEmpty() && silent.remove(PublicKeys.fingerprint(rack.key()));
    }

    /** What a rack said last, null if it said nothing since the mixer was started. */
    public Presence presence(String rack) {
        return present.get(rack);
    }

    /** What there is to say of a rack of which a copy was heard lately, or another one under its name; empty for none. */
    public String others(String rack) {
        return Stream.of(enrolment.copies().of(rack), enrolment.knocks().of(rack))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Whether it was heard of lately. */
    public boolean isThere(String rack) {
        return isThere(present.get(rack));
    }

    /** The same of one that may be waiting to be let in. */
    public boolean isThere(RackEntry rack) {
        Long helloNs = hellos.get(PublicKeys.fingerprint(rack.key()));
        return isThere(rack.name()) || helloNs != null && isLately(helloNs);
    }

    private boolean isThere(Presence last) {
        return last != null && isLately(last.atNs());
    }

    private boolean isLately(long heardNs) {
        return clockNs.getAsLong() - heardNs < awayNs;
    }

    /** The traffic of a rack that was heard of lately, null where it says nothing of that. */
    public Pace pace(String rack) {
        Presence last = present.get(rack);
        return isThere(last) ? last.pace() : null;
    }

    /** The traffic of the racks that were heard of lately, by name; any thread. */
    public SortedMap<String, Pace> paces() {
        SortedMap<String, Pace> paces = new TreeMap<>();
        present.forEach((rack, last) -> {
            if (last.pace() != null && isThere(last)) {
                paces.put(rack, last.pace());
            }
        });
        return paces;
    }

    /** It was removed. */
    private void forget(String rack) {
        present.remove(rack);
    }

    /** Heartbeats that were believed; any thread. */
    public long heard() {
        return heard.get();
    }

    /** Racks that were heard of lately. */
    public long there() {
        return present.keySet().stream().filter(this::isThere).count();
    }
}
