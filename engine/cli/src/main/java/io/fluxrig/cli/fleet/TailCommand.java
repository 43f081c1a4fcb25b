package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.mixer.ApiJsonOptions;
import io.fluxrig.cli.mixer.MixerClient;
import io.fluxrig.cli.mixer.RackName;
import io.fluxrig.cli.mixer.TokenRefused;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fluxrig tail}: what happens to a fleet, as it happens. */
@Command(
        name = "tail",
        description = "What happens to a fleet, as it happens: changes, states, outcomes.",
        footer = {
            "",
            "Runs until Ctrl-C. While no mixer answers it says so, waits, and goes on by itself."
                    + " Nothing of messages is shown."
        })
public final class TailCommand implements Callable<Integer> {
    private static final String END = "end";
    /** As many as a mixer tells: what happened while nothing was read. */
    private static final int LAST_MAX = 500;

    /** From the end of what was read to the next question. */
    private static final long AGAIN_MS = 1_000;

    @Option(names = "--rack", paramLabel = "RACK", description = "only what is about this one (the whole fleet)")
    String rack = "";

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            defaultValue = "10",
            description = "begin with so many things that have happened, 500 at most (${DEFAULT-VALUE})")
    int last;

    @Mixin
    ApiJsonOptions api;

    private final Console console;
    private TailMemory memory;
    private final TailLines lines;
    /** Whether a mixer has begun to tell, ever. */
    private boolean begun;
    /** Whether a line came, ever: what happens from then on is to be told, whoever tells it. */
    private boolean came;
    /** Whether people were told that nobody tells anything now. */
    private boolean waits;
    /** Why a mixer has ended it, in its words. */
    private String end = "";

    public TailCommand(Console console) {
        this.console = console;
        this.lines = new TailLines(console.terminal());
    }

    @Override
    public Integer call() throws InterruptedException {
        MixerClient mixer = api.client(console);
        if (!rack.isEmpty()) {
            RackName.check(rack);
            mixer.get("api/v1/racks/" + MixerClient.part(rack)); // of one that nobody knows nothing would ever be told
        }
        memory = new TailMemory(last);
        // whoever read this may have gone
        while (!console.out().checkError()) {
            String why = read(mixer);
            if (!waits && !console.out().checkError()) {
                waits = true;
                say(why + "; tail goes on once a mixer leads");
            }
            memory.again();
            TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
        }
        throw CommandFailure.failed("tail ends: what it prints is read no more");
    }

    /** Reads for as long as a mixer tells; why it ended. */
    private String read(MixerClient mixer) throws InterruptedException {
        end = "";
        String of = rack.isEmpty() ? "" : "&rack=" + MixerClient.part(rack);
        try {
            mixer.follow("api/v1/tail?last=" + (came ? LAST_MAX : last == 0 ? 1 : last) + of, this::begins, this::tell);
            return end.isEmpty() ? "the mixer has ended" : "the mixer ends this: " + end;
        } catch (TokenRefused never) {
            throw never;
        } catch (CommandFailure failure) {
            if (!begun) {
                throw failure;
            }
            return failure.getMessage(); // of a proxy, for one, while nobody leads
        }
    }

    private void begins(URI address) {
        if (waits) {
            say("tail goes on: " + address + " tells");
        }
        begun = true;
        waits = false;
    }

    private void say(String line) {
        console.err().println("fluxrig: " + line);
    }

    private boolean tell(JsonNode happening) {
        boolean first = !came;
        came = true;
        if (happening.isMissingNode()) {
            return !console.out().checkError();
        }
        if (happening.path("kind").asText().equals(END)) {
            end = happening.path("text").asText();
            return false;
        }
        // a mixer begins with an empty line where nothing has happened; else of -n 0 it says where to begin, and is not
        // shown
        boolean before = first && last == 0;
        if (!memory.isNew(happening) || before) {
            return true;
        }
        if (api.json()) {
            console.out().println(happening);
        } else {
            lines.of(happening).forEach(console.out()::println);
        }
        return !console.out().checkError();
    }
}
