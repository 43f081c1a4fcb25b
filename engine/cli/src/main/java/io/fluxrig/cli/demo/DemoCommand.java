package io.fluxrig.cli.demo;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.Home;
import io.fluxrig.cli.options.OptionRange;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fluxrig demo}: a switch, two issuers and a load, live. */
@Command(
        name = "demo",
        description = "Run the payment switch with simulated issuers and a load: watch.",
        footer = {
            "",
            "Four processes on loopback: config/scenarios/payment-switch.yaml, its two issuer hosts, the load.",
            "A plain rate grows from a tenth during the first 5 s, or quarter: warm-up.",
            "Ports: TERMINALS_BIND, SCHEME_A_ADDRESS, SCHEME_B_ADDRESS, SILENT_ADDRESS," + " FLUXRIG_TELEMETRY_BIND.",
            "Exit code 0: every request answered once, on its own connection; the rack agrees."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final long DURATION_MIN_NS = 1_000_000_000L;
    private static final long DURATION_MAX_NS = 7 * 86_400_000_000_000L;

    @Option(
            names = {"-d", "--duration"},
            paramLabel = "TIME",
            description = "how long to send (30s)")
    long durationNs = 30_000_000_000L;

    @Option(
            names = {"-r", "--rate"},
            paramLabel = "RATE",
            description = "messages a second, as in 'fluxrig load' (2000)")
    String rate = "2000";

    @Option(names = "--json", description = "last line of output is one JSON object")
    boolean json;

    @Option(names = "--dir", paramLabel = "DIR", description = "where logs and the report go (var/demo)")
    Path dir;

    @Option(
            names = "--free-ports",
            description = "listen on free ports instead of 8583, 8090 and 9101 to 9103, e.g. for a second demo")
    boolean freePorts;

    private final Console console;

    public DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        OptionRange.duration("--duration", durationNs, DURATION_MIN_NS, DURATION_MAX_NS);
        OptionRange.rate("--rate", rate, false, durationNs);
        Path folder = dir == null ? Home.folder().resolve("var/demo") : dir;
        try {
            DemoPlan plan = new DemoPlan(
                    Home.folder().resolve("config/scenarios"),
                    folder.toAbsolutePath().normalize(),
                    durationNs,
                    rate,
                    json,
                    console.terminal().live(),
                    Ports.of(console.environment(), freePorts));
            Demo demo = new Demo(plan, console.err());
            console.interrupts().onSignal(demo::stop);
            return demo.run();
        } catch (DemoException e) {
            throw CommandFailure.failed(e.getMessage());
        }
    }
}
