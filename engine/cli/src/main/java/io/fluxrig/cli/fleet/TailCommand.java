package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.cli.CommandFailure;
import io.fluxrig.cli.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fluxrig tail}: what happens to a fleet, as it happens. */
@Command(
        name = "tail",
        description = "What happens to a fleet, as it happens: changes, states of racks, outcomes.",
        footer = {"", "Runs until Ctrl-C, or until the mixer ends it, and says why. Nothing of messages is shown."})
public final class TailCommand implements Callable<Integer> {
    private static final String END = "end";

    @Option(names = "--rack", paramLabel = "RACK", description = "only what is about this one (the whole fleet)")
    String rack = "";

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            defaultValue = "10",
            description = "begin with so many things that have happened, 500 at most (${DEFAULT-VALUE})")
    int last;

    @Mixin
    FleetOptions api;

    private final Console console;

    public TailCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        MixerClient mixer = api.client(console);
        if (!rack.isEmpty()) {
            RackName.check(rack);
            mixer.get("api/v1/racks/" + MixerClient.part(rack)); // of one that nobody knows nothing would ever be told
        }
        String of = rack.isEmpty() ? "" : "&rack=" + MixerClient.part(rack);
        String[] why = {"the mixer has ended"};
        mixer.follow("api/v1/tail?last=" + last + of, happening -> {
            if (happening.path("kind").asText().equals(END)) {
                why[0] = happening.path("text").asText();
                return false;
            }
            console.out().println(api.json ? happening : line(happening));
            // whoever read this may have gone
            return !console.out().checkError();
        });
        throw CommandFailure.failed("tail ends: " + why[0]);
    }

    private static String line(JsonNode happening) {
        String of = happening.path("rack").asText();
        return happening.path("at").asText() + "  " + happening.path("kind").asText() + "  "
                + (of.isEmpty() ? "" : of + "  ") + happening.path("text").asText();
    }
}
