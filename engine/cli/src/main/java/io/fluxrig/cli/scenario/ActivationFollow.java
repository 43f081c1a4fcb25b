package io.fluxrig.cli.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.Deadline;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Time;
import io.fluxrig.cli.console.WaitNotice;
import io.fluxrig.cli.mixer.MixerClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells what comes of an activation: made before it, so that it knows what each rack ran, it waits until each has said its outcome, and
 * prints one after the other. One use; blocks its thread for as long as it was told, and for a question to the mixer beyond that.
 */
final class ActivationFollow {
    private static final long POLL_MS = 300;

    private final MixerClient client;
    private final Console console;
    private final Time time;
    private final int waitSeconds;
    private final boolean json;
    private final Map<String, String> before;

    /**
     * Asks the mixer what racks run.
     *
     * @param waitSeconds for all racks together; 0 tells how it begins, and waits for nothing
     * @param json whether outcomes are told to a program, once all are there
     */
    ActivationFollow(MixerClient client, Console console, Time time, int waitSeconds, boolean json)
            throws InterruptedException {
        this.client = client;
        this.console = console;
        this.time = time;
        this.waitSeconds = waitSeconds;
        this.json = json;
        this.before = running();
    }

    /** What racks ran, by rack: {@code pay 1.0.0}; nothing of those that ran nothing. */
    Map<String, String> before() {
        return before;
    }

    private Map<String, String> running() throws InterruptedException {
        Map<String, String> running = new HashMap<>();
        for (JsonNode rack : client.all("api/v1/racks?", "after")) {
            running.put(rack.path("name").asText(), rack.path("scenario").asText());
        }
        return running;
    }

    /**
     * Waits and tells.
     *
     * @param made what the mixer answered to the activation
     * @param remedy what to type where racks run different versions then
     * @return the exit code: a failure if one refused, or said nothing in time
     */
    int tell(JsonNode made, String remedy) throws InterruptedException {
        Deadline deadline = time.deadline(Duration.ofSeconds(waitSeconds));
        made.path("warnings").forEach(each -> console.err().println("fluxrig: " + each.asText()));
        ArrayNode outcomes = MixerClient.body().putArray("items");
        boolean good = true;
        for (JsonNode activation : made.path("items")) {
            JsonNode now = awaited(activation, deadline);
            outcomes.add(now);
            good &= waitSeconds == 0 || isGood(now);
            if (!json) {
                console.out().println(line(now, before.getOrDefault(rack(now), "")));
            }
        }
        if (json) {
            console.out().println(outcomes);
        }
        if (!good) {
            console.err().print(VersionsText.apart(outcomes, running(), remedy));
        }
        return good ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** As it is once it has ended; says at once what it waits for where a rack has said why. */
    private JsonNode awaited(JsonNode activation, Deadline deadline) throws InterruptedException {
        boolean said = !activation.path("text").asText().isEmpty();
        if (isOpen(activation) && waitSeconds > 0 && said) {
            console.err().println(line(activation, "") + " (for up to " + waitSeconds + " s)");
            return ended(activation, deadline);
        }
        String waitsFor = "rack " + rack(activation) + " to say what came of it, up to " + waitSeconds
                + " s; Ctrl-C ends no more than this wait";
        return WaitNotice.during(console, waitsFor, () -> ended(activation, deadline));
    }

    /** As it is once it has ended, or the time is over. */
    private JsonNode ended(JsonNode activation, Deadline deadline) throws InterruptedException {
        JsonNode now = activation;
        while (isOpen(now) && !deadline.isOver()) {
            deadline.sleep(POLL_MS);
            now = latest(activation);
        }
        return now;
    }

    private JsonNode latest(JsonNode activation) throws InterruptedException {
        long next = activation.path("id").asLong() + 1;
        String of = "api/v1/activations?limit=1&rack=" + MixerClient.part(rack(activation)) + "&before=" + next;
        JsonNode items = client.get(of).path("items");
        return items.isEmpty() ? activation : items.get(0);
    }

    private static String rack(JsonNode activation) {
        return activation.path("rack").asText();
    }

    private static boolean isOpen(JsonNode activation) {
        String outcome = activation.path("outcome").asText();
        return outcome.equals("waiting") || outcome.equals("under_way");
    }

    private static boolean isGood(JsonNode activation) {
        String outcome = activation.path("outcome").asText();
        return outcome.endsWith("changed") || outcome.equals("kept");
    }

    /** @param before what the rack ran before, empty for nothing */
    private static String line(JsonNode activation, String before) {
        String text = activation.path("text").asText();
        String runs = activation.path("scenario").asText() + " "
                + activation.path("version").asText() + " runs";
        boolean other = !before.isEmpty() && !runs.equals(before + " runs");
        if (other && text.startsWith(runs)) {
            text = runs + " (before: " + before + ")" + text.substring(runs.length());
        }
        String outcome = activation.path("outcome").asText();
        return "rack " + rack(activation) + ": "
                + (outcome.equals("waiting") && text.isEmpty()
                        ? "waiting: it gets the scenario once it is there and admitted"
                        : outcome)
                + (text.isEmpty() ? "" : ": " + text);
    }
}
