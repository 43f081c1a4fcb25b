package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.passport.Signed;
import io.fluxrig.mixer.registry.RackEntry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** How the racks are, by their heartbeats; one entry for each rack that is known. Desk only. */
public final class Fleet {
    private final Enrolment enrolment;
    private final InstantSource clock;
    private final long awayMs;
    private final Map<String, Presence> present = new HashMap<>();
    private final AtomicLong heard = new AtomicLong();

    /** @param awayMs a rack that was not heard of for that long is away */
    public Fleet(Enrolment enrolment, long awayMs, InstantSource clock) {
        this.enrolment = enrolment;
        this.awayMs = awayMs;
        this.clock = clock;
    }

    /** A rack says how it is; the listener hears what is believed. */
    public void heartbeat(byte[] body, BiConsumer<RackEntry, Heartbeat> listener) {
        try {
            Signed signed = Signed.read(body, Heartbeat.LENGTH_MAX);
            Heartbeat heartbeat = signed.body(Heartbeat.class);
            RackEntry rack = enrolment.signer(signed, Heartbeat.PURPOSE, heartbeat.rack(), heartbeat.atMs());
            if (rack != null) {
                heard.incrementAndGet();
                present.put(rack.name(), new Presence(heartbeat, clock.millis()));
                enrolment.remind(rack, heartbeat);
                listener.accept(rack, heartbeat);
            }
        } catch (IOException malformed) {
            enrolment.drop("a heartbeat: " + malformed.getMessage());
        }
    }

    /** What a rack said last, null if it said nothing since the mixer was started. */
    public Presence presence(String rack) {
        return present.get(rack);
    }

    /** Whether it was heard of lately. */
    public boolean isThere(String rack) {
        Presence last = present.get(rack);
        return last != null && clock.millis() - last.atMs() < awayMs;
    }

    /** It was removed. */
    public void forget(String rack) {
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
