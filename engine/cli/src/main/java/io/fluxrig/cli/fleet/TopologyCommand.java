package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.cli.Console;
import io.fluxrig.cli.ExitCode;
import io.fluxrig.cli.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fluxrig topology}: what is to run where, how much traffic it has, and the wires between. */
@Command(
        name = "topology",
        description = "A fleet: its racks, what runs on each, with what traffic, the wires between gears.")
public final class TopologyCommand implements Callable<Integer> {
    @Mixin
    FleetOptions api;

    private final Console console;

    public TopologyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode topology = api.client(console).get("api/v1/topology");
        if (api.json) {
            console.out().println(topology);
            return ExitCode.DONE;
        }
        if (topology.path("racks").isEmpty()) {
            console.out().println("no rack has said hello");
        }
        for (JsonNode rack : topology.path("racks")) {
            String runs = rack.path("scenario").asText();
            console.out()
                    .println("rack " + rack.path("name").asText() + ": "
                            + (rack.path("there").asBoolean()
                                    ? rack.path("state").asText()
                                    : "away") + ", "
                            + rack.path("standing").asText()
                            + (runs.isEmpty()
                                    ? ""
                                    : ", " + runs + " " + rack.path("version").asText()));
            String wanted = rack.path("wanted").asText();
            if (!wanted.isEmpty()) {
                console.out().println("  should run " + wanted);
            }
            String reason = rack.path("reason").asText();
            if (rack.path("there").asBoolean() && !reason.isEmpty()) {
                console.out().println("  " + reason);
            }
            String traffic = TrafficText.line(rack.path("traffic"));
            if (!traffic.isEmpty()) {
                console.out().println("  " + traffic);
            }
            for (JsonNode gear : rack.path("gears")) {
                console.out()
                        .println("  " + gear.path("name").asText() + " ("
                                + gear.path("type").asText() + ")");
            }
        }
        Table wires = new Table("FROM", "TO", "LANE", "SCENARIO");
        topology.path("wires")
                .forEach(wire -> wires.row(
                        wire.path("from").asText(),
                        wire.path("to").asText(),
                        wire.path("lane").asText(),
                        wire.path("scenario").asText()));
        if (!topology.path("wires").isEmpty()) {
            console.out().print(wires);
        }
        return ExitCode.DONE;
    }
}
