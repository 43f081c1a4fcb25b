package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.Deadline;
import io.fluxrig.cli.console.Time;
import io.fluxrig.cli.console.WaitNotice;
import io.fluxrig.cli.mixer.MixerClient;
import io.fluxrig.cli.mixer.NotThere;
import java.time.Duration;

/**
 * Lets a rack in, and waits for its hello where nobody of its name has said one yet, as just after another one of that name was removed. One
 * thread.
 */
final class Approval {
    /** More than a rack that is refused takes to say hello again. */
    static final Duration HELLO_MAX = Duration.ofSeconds(15);

    static final long POLL_MS = 500;

    private final MixerClient client;
    private final Console console;
    private final Time time;

    Approval(MixerClient client, Console console, Time time) {
        this.client = client;
        this.console = console;
        this.time = time;
    }

    /**
     * The rack as the API shows it once it is approved.
     *
     * @param key fingerprint that it must have, null for any
     * @throws CommandFailure if it has another one, says no hello in time, or the mixer refuses
     */
    JsonNode of(NamedRack rack, String key) throws InterruptedException {
        try {
            return approve(rack, key);
        } catch (NotThere unheard) {
            // whoever answers is no mixer if it knows no racks at all: nothing to wait for there
            client.get("api/v1/racks?limit=1");
            String waitsFor = "a rack to say hello as '" + rack.name + "', up to " + HELLO_MAX.toSeconds() + " s";
            return WaitNotice.during(console, waitsFor, () -> approveLater(rack, key, unheard));
        }
    }

    private JsonNode approveLater(NamedRack rack, String key, NotThere unheard) throws InterruptedException {
        Deadline deadline = time.deadline(HELLO_MAX);
        NotThere last = unheard;
        while (!deadline.isOver()) {
            deadline.sleep(POLL_MS);
            try {
                return approve(rack, key);
            } catch (NotThere still) {
                last = still;
            }
        }
        throw last;
    }

    private JsonNode approve(NamedRack rack, String key) throws InterruptedException {
        if (key == null) {
            return client.post(rack.path() + "/approve", null);
        }
        // a mixer of before approves whatever key the rack has; this one compares for itself, and knows no other in
        // between
        String shown = client.get(rack.path()).path("key").asText();
        if (!shown.equalsIgnoreCase(key)) {
            throw CommandFailure.failed(
                    "not approved: the rack that said hello as '" + rack.name + "' has key " + shown);
        }
        return client.post(rack.path() + "/approve", MixerClient.body().put("key", key));
    }
}
