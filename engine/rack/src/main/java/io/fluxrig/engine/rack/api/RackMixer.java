package io.fluxrig.engine.rack.api;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The mixer that leads a rack, as the rack knows it. Any thread. */
public interface RackMixer {
    /** Before anything is known of it. */
    RackMixer UNKNOWN = new RackMixer() {
        @Override
        public boolean connected() {
            return false;
        }

        @Override
        public long awaySinceMs() {
            return 0;
        }

        @Override
        public double awaySeconds() {
            return 0;
        }

        @Override
        public long dropped() {
            return 0;
        }
    };

    /** Whether there is a connection to the NATS where the mixer is. */
    boolean connected();

    /** Since when it leaves unanswered what it is asked, or there is no way to ask it, ms since 1970; 0 while it answers. */
    long awaySinceMs();

    /** For how long it has been so by now; 0 while it answers. */
    double awaySeconds();

    /** How much came over the mixer's subjects that proved nothing, and changed nothing. */
    long dropped();

    /** Whether it can be asked, and answers. */
    default boolean reached() {
        return connected() && awaySinceMs() == 0;
    }

    /** {@code mixer_connected}, {@code mixer_nats_connected}, and {@code mixer_away_since} while it is away. */
    default JsonObject into(JsonObject shown) {
        long since = awaySinceMs();
        shown.put("mixer_connected", reached()).put("mixer_nats_connected", connected());
        return since == 0
                ? shown
                : shown.put(
                        "mixer_away_since",
                        Instant.ofEpochMilli(since)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
    }
}
