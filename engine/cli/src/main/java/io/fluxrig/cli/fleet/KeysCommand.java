package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Table;
import io.fluxrig.cli.mixer.ApiJsonOptions;
import io.fluxrig.cli.mixer.MixerClient;
import io.fluxrig.cli.mixer.RackName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluxrig admin keys}: the keys that a mixer makes for its racks, by name; no key is ever shown. */
@Command(description = "Keys that racks get from the mixer: list, rotate, rewrap.")
final class KeysCommand implements Runnable {
    /** Kinds of keys. */
    enum Kind {
        wires,
        journal
    }

    @Spec
    private CommandSpec spec;

    private final Console console;

    KeysCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(description = "Every key by name and version, and who keeps what they are sealed with.")
    int list(@Mixin ApiJsonOptions api) throws InterruptedException {
        MixerClient client = api.client(console);
        JsonNode first = client.get("api/v1/keys?limit=1");
        JsonNode keys = client.all("api/v1/keys?", "after");
        if (api.json()) {
            ObjectNode whole = ((ObjectNode) first).without("next");
            console.out().println(whole.set("items", keys).toString());
            return ExitCode.DONE;
        }
        Table table = new Table("KEY", "VERSION", "MADE", "SEALED WITH");
        keys.forEach(each -> table.row(
                each.path("name").asText(),
                each.path("version").asText(),
                each.path("made").asText(),
                "data key " + each.path("data_key").asText()));
        first.path("data_keys")
                .forEach(each -> table.row(
                        "data key " + each.path("id").asText(),
                        "-",
                        each.path("made").asText(),
                        each.path("keeper").asText() + ": " + each.path("under").asText()));
        JsonNode wrapping = first.path("wrapping_keys");
        for (int i = 0; i < wrapping.size(); i++) {
            String which = i < wrapping.size() - 1 ? " (opens what it wrapped)" : " (wraps)";
            table.row("wrapping key", "-", "-", wrapping.path(i).asText() + which);
        }
        console.out().print(table.text(console.terminal()));
        String trouble = first.path("trouble").asText();
        if (!first.path("open").asBoolean(true)) {
            console.out().println("they cannot be opened: " + trouble);
        } else if (!trouble.isEmpty()) {
            console.out().println("nothing can be wrapped: " + trouble);
        }
        return ExitCode.DONE;
    }

    @Command(description = "Make another key and give it to racks; those of before open what they sealed.")
    int rotate(
            @Parameters(
                            paramLabel = "KIND",
                            description = "wires: of all wires between racks; journal: of what lies on a rack's disk")
                    Kind kind,
            @Option(
                            names = "--rack",
                            paramLabel = "RACK",
                            description = "of journal whose; else every rack that is active")
                    String rack,
            @Option(
                            names = "--retire",
                            description =
                                    "of wires: 10 minutes after a rack has heard of it, the keys of before open and prove nothing there any"
                                            + " more; what is sealed with them then, under way or in the stream, cannot be read. For a key that somebody has seen")
                    boolean retire,
            @Mixin ApiJsonOptions api)
            throws InterruptedException {
        ObjectNode body = MixerClient.body().put("kind", kind.name());
        if (retire) {
            body.put("retire", true);
        }
        if (rack != null) {
            RackName.check(rack);
            body.put("rack", rack);
        }
        return told(api.client(console).post("api/v1/keys/rotate", body), api);
    }

    @Command(description = "Have the data keys wrapped again, by the keeper that is configured, with its newest key.")
    int rewrap(@Mixin ApiJsonOptions api) throws InterruptedException {
        return told(api.client(console).post("api/v1/keys/rewrap", null), api);
    }

    private int told(JsonNode answer, ApiJsonOptions api) {
        console.out()
                .println(api.json() ? answer.toString() : answer.path("text").asText());
        return ExitCode.DONE;
    }
}
