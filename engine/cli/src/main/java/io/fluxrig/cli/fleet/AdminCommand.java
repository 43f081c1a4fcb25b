package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Json;
import io.fluxrig.cli.console.Table;
import io.fluxrig.cli.console.Time;
import io.fluxrig.cli.mixer.ApiJsonOptions;
import io.fluxrig.cli.mixer.MixerClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fluxrig admin}: what an operator does to a fleet. */
@Command(name = "admin", description = "A fleet's racks: let in, stop; their keys; who changed what.")
public final class AdminCommand implements Runnable {
    private static final int AUDIT_MAX = 500;

    @Spec
    private CommandSpec spec;

    private final Console console;

    private AdminCommand(Console console) {
        this.console = console;
    }

    /** The command with those below it. */
    public static CommandLine line(Console console) {
        CommandLine line = new CommandLine(new AdminCommand(console));
        line.addSubcommand("racks", new RacksCommand(console));
        line.addSubcommand("keys", new KeysCommand(console));
        return line;
    }

    /** What {@code admin keys} is, under a name of its own too, which no list of commands shows. */
    public static CommandLine keys(Console console) {
        CommandLine line = new CommandLine(new KeysCommand(console));
        line.getCommandSpec().usageMessage().hidden(true);
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(description = "Who changed what, the latest first.")
    int audit(
            @Option(
                            names = "--limit",
                            defaultValue = "50",
                            paramLabel = "N",
                            description = "how many, 500 at most (${DEFAULT-VALUE})")
                    int limit,
            @Mixin ApiJsonOptions api)
            throws InterruptedException {
        if (limit < 1 || limit > AUDIT_MAX) {
            throw new CommandFailure(ExitCode.USAGE, "--limit " + limit + " is not from 1 to " + AUDIT_MAX);
        }
        JsonNode page = api.client(console).get("api/v1/audit?limit=" + limit);
        if (api.json()) {
            console.out().println(page);
            return ExitCode.DONE;
        }
        Table table = new Table("AT", "WHO", "WHAT", "OF", "DETAIL");
        page.path("items")
                .forEach(each -> table.row(
                        each.path("at").asText(),
                        each.path("who").asText(),
                        each.path("action").asText(),
                        each.path("subject").asText(),
                        each.path("detail").asText()));
        console.out().print(table.text(console.terminal()));
        return ExitCode.DONE;
    }

    /** {@code fluxrig admin racks}. */
    @Command(description = "Racks: list, let in, suspend, renew, remove; drain, kill, resume.")
    static final class RacksCommand implements Runnable {
        /** A mixer waits so long for a rack's answer. */
        private static final int ORDER_SECONDS = 10;

        @Spec
        private CommandSpec spec;

        private final Console console;

        RacksCommand(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            spec.commandLine().usage(spec.commandLine().getOut());
        }

        @Command(description = "Every rack that said hello.")
        int list(
                @Option(names = "--traffic", description = "what each does and how well, without keys and hosts")
                        boolean traffic,
                @Mixin ApiJsonOptions api)
                throws InterruptedException {
            ArrayNode racks = api.client(console).all("api/v1/racks?", "after");
            if (api.json()) {
                console.out().println(racks);
            } else {
                Table table = traffic ? TrafficText.table(racks) : RacksText.table(racks);
                console.out().print(table.text(console.terminal()));
            }
            return ExitCode.DONE;
        }

        @Command(
                description =
                        "Let a rack in, once it says hello, for up to 15 s; compare its key with what its own first line shows.")
        int approve(
                @Option(names = "--key", paramLabel = "KEY", description = "only if that is the rack's key") String key,
                @Mixin NamedRack rack)
                throws InterruptedException {
            JsonNode approved = new Approval(rack.client(console), console, Time.real()).of(rack, key);
            return told(approved, rack, "is approved");
        }

        @Command(description = "Have a rack drain, stop its gears and stay away until 'activate'.")
        int suspend(@Mixin NamedRack rack) throws InterruptedException {
            return told(rack.client(console).post(rack.path() + "/suspend", null), rack, "is suspended");
        }

        @Command(
                description =
                        "Have a rack take another passport and certificate now, not when a third of its time is left.")
        int renew(@Mixin NamedRack rack) throws InterruptedException {
            return told(rack.client(console).post(rack.path() + "/renew", null), rack, "is given another passport");
        }

        @Command(description = "Let a rack that was suspended run again.")
        int activate(@Mixin NamedRack rack) throws InterruptedException {
            return told(rack.client(console).post(rack.path() + "/activate", null), rack, "is active");
        }

        @Command(description = "Forget a rack: its gears stop, its passport is worthless, its name free.")
        int remove(@Mixin NamedRack rack) throws InterruptedException {
            return done(rack.client(console).delete(rack.path()), "", rack);
        }

        @Command(description = "Stop a rack's gears at once; what is in flight gets no outcome.")
        int kill(@Mixin NamedRack rack) throws InterruptedException {
            return order(rack, "kill", "");
        }

        @Command(description = "Stop a rack's gears once nothing is in flight, until 'resume'.")
        int drain(@Mixin NamedRack rack) throws InterruptedException {
            return order(rack, "drain", "");
        }

        @Command(description = "Run again after 'kill' or 'drain'.")
        int resume(@Mixin NamedRack rack) throws InterruptedException {
            return order(rack, "resume", "");
        }

        @Command(description = "Close a connection of a rack.")
        int close(
                @Mixin NamedRack rack,
                @Parameters(
                                index = "1",
                                paramLabel = "CONNECTION",
                                description =
                                        "as the rack's log names it, such as 0.0.12.3; of 0.0.0.0, which is none, the answer"
                                                + " has those that are up")
                        String connection)
                throws InterruptedException {
            return order(rack, "close", connection);
        }

        @Command(name = "log-level", description = "Have a rack log at another level, until it is started again.")
        int logLevel(
                @Mixin NamedRack rack,
                @Parameters(index = "1", paramLabel = "LEVEL", description = "error, warn, info, debug or trace")
                        String level)
                throws InterruptedException {
            return order(rack, "log_level", level);
        }

        private int order(NamedRack rack, String order, String value) throws InterruptedException {
            ObjectNode body = MixerClient.body().put("order", order).put("value", value);
            String waitsFor = "rack " + rack.name + " to say that it did what it was told (" + order.replace('_', '-')
                    + "), up to " + ORDER_SECONDS + " s once a mixer leads";
            return done(
                    rack.client(console).post(rack.path() + "/orders", body, waitsFor),
                    "rack " + rack.name + ": ",
                    rack);
        }

        private int done(JsonNode answer, String whose, ApiJsonOptions api) {
            if (api.json()) {
                console.out().println(Json.line(answer));
            } else if (answer.path("ok").asBoolean()) {
                console.out().println(whose + answer.path("text").asText());
            }
            if (!answer.path("ok").asBoolean()) {
                throw CommandFailure.failed(
                        whose + "not done: " + answer.path("text").asText());
            }
            return ExitCode.DONE;
        }

        private int told(JsonNode rack, ApiJsonOptions api, String what) {
            console.out()
                    .println(
                            api.json()
                                    ? rack
                                    : "rack " + rack.path("name").asText() + " " + what + " (key "
                                            + rack.path("key").asText() + ")");
            return ExitCode.DONE;
        }
    }
}
