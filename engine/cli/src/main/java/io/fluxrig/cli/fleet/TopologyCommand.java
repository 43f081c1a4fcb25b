package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.mixer.ApiJsonOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fluxrig topology}: what is to run where, how much traffic it has, and the wires between. */
@Command(name = "topology", description = "A fleet: its racks, what each runs, traffic, wires between them.")
public final class TopologyCommand implements Callable<Integer> {
    @Mixin
    ApiJsonOptions api;

    @Option(
            names = {"-a", "--all"},
            description = "also types of gears, and wires inside racks")
    boolean all;

    private final Console console;

    public TopologyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode topology = api.client(console).get("api/v1/topology");
        if (api.json()) {
            console.out().println(topology);
        } else {
            new TopologyText(topology, all, console.terminal()).lines().forEach(console.out()::println);
        }
        return ExitCode.DONE;
    }
}
