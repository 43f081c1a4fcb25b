package io.fluxrig.cli.load;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Wrapped;
import io.fluxrig.cli.options.OptionRange;
import io.fluxrig.cli.screen.LoadFigures;
import io.fluxrig.cli.screen.ProgressView;
import io.fluxrig.cli.spec.DialectSource;
import io.fluxrig.cli.spec.StoreOptions;
import io.fluxrig.cli.status.Accounting;
import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.config.Quantity;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.load.LoadException;
import io.fluxrig.load.LoadPlan;
import io.fluxrig.load.LoadResult;
import io.fluxrig.load.LoadRun;
import io.fluxrig.load.mix.Mix;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.mix.MixLoader;
import io.fluxrig.load.mix.SpecMix;
import io.fluxrig.load.net.SignOn;
import io.fluxrig.load.report.HtmlReport;
import io.fluxrig.load.report.JsonSummary;
import io.fluxrig.load.report.TextSummary;
import io.fluxrig.load.tally.AnswerClass;
import io.fluxrig.perf.clock.Clock;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fluxrig load}: the load tool by itself. */
@Command(
        name = "load",
        description = "Drive a switch with requests, check every answer, measure latency.",
        footer = {
            "",
            "Latency counts from when a message was due (open loop), timeouts stand apart.",
            "Exit code 0: every request answered exactly once, on its own connection."
        })
public final class LoadCommand implements Callable<Integer> {
    private static final long MS_NS = 1_000_000L;
    private static final long DURATION_MAX_NS = 7 * 86_400_000_000_000L;
    private static final int CONNECTIONS_MAX = 65_535;
    /** As many STANs as there are. */
    private static final int IN_FLIGHT_MAX = 999_999;

    private static final int THREADS_MAX = 256;
    /** Seeds from the clock are short enough to be typed; they come round after 11 days. */
    private static final long SEED_MAX = 1_000_000_000L;

    @Option(names = "--target", required = true, paramLabel = "HOST:PORT", description = "where the switch listens")
    String target;

    @Option(
            names = {"-r", "--rate"},
            paramLabel = "RATE",
            description = "a second: 5000, 100..5000 (--ramp), max (1000)")
    String rate = "1000";

    @Option(names = "--ramp", paramLabel = "TIME", description = "how long FROM..TO takes (the duration)")
    Long rampNs;

    @Option(names = "--poisson", description = "random arrivals instead of even ones")
    boolean poisson;

    @Option(
            names = {"-d", "--duration"},
            paramLabel = "TIME",
            description = "how long to send (30s)")
    long durationNs = 30_000_000_000L;

    @Option(names = "--warmup", paramLabel = "TIME", description = "first part of it that is not measured (0s)")
    long warmupNs;

    @Option(names = "--grace", paramLabel = "TIME", description = "how long to wait for the last answers (35s)")
    long graceNs = 35_000_000_000L;

    @Option(names = "--settle", paramLabel = "TIME", description = "how long to watch for second answers (1s)")
    long settleNs = 1_000_000_000L;

    @Option(names = "--deadline", paramLabel = "TIME", description = "count answers that take longer as late")
    long deadlineNs;

    @Option(
            names = {"-c", "--connections"},
            paramLabel = "N",
            description = "TCP connections (16)")
    int connections = 16;

    @Option(names = "--in-flight", paramLabel = "N", description = "open requests on a connection at most (256)")
    int inFlight = 256;

    @Option(names = "--threads", paramLabel = "N", description = "event loops (1)")
    int threads = 1;

    @Option(names = "--connect-timeout", paramLabel = "TIME", description = "until all are connected (10s)")
    long connectTimeoutNs = 10_000_000_000L;

    private static final String SPEC_DEFAULT = "moov:spec87ascii";

    @Option(names = "--mix", paramLabel = "FILE|spec", description = "weighted templates, or made from the spec")
    String mix;

    @Option(names = "--spec", paramLabel = "SPEC", description = "file, name:tag, built-in (moov:spec87ascii)")
    String spec;

    @Mixin
    StoreOptions store = new StoreOptions();

    @ArgGroup(validate = false, heading = "Framing:%n")
    FramingOptions framing = new FramingOptions();

    @ArgGroup(validate = false, heading = "TLS:%n")
    TlsOptions tls = new TlsOptions();

    @Option(names = "--sign-on", description = "sign on (0800, 70 = 001) on each connection first")
    boolean signOn;

    @Option(
            names = "--timeout-codes",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "CODE",
            description = "response codes counted as timeouts (91,911,68)")
    Set<String> timeoutCodes = AnswerClass.TIMEOUT_CODES;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = PlainLong.class,
            description = "of cards, amounts, STANs, arrivals (from the clock)")
    Long seed;

    @Option(names = "--hlog", paramLabel = "FILE", description = "write an HdrHistogram log")
    Path hlog;

    @Option(names = "--html", paramLabel = "FILE", description = "write a report")
    Path html;

    @Option(names = "--json", description = "last line of output is one JSON object")
    boolean json;

    @Option(names = "--rack", paramLabel = "URL", description = "its status: show it, compare counts")
    String rack;

    @Option(names = "--title", hidden = true, description = "first words of the live view and the report")
    String title;

    private final Console console;
    private LoadFigures latest;

    public LoadCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        LoadPlan plan = plan();
        if (hlog != null) {
            ReportFile.requireFolder("--hlog", hlog);
        }
        ReportFile page = html == null ? null : new ReportFile("--html", html);
        LoadRun run = new LoadRun(plan, Clock.system());
        console.interrupts().onSignal(run::stop);
        try (RackSide side = RackSide.of(rack)) {
            LoadResult result;
            Accounting accounting;
            try (ProgressView view = view(plan)) {
                result = run.run(progress -> {
                    latest = LoadFigures.of(progress, plan.durationNs());
                    view.show(latest, side.latest());
                });
                accounting = side.account(result.counts());
                view.show(latest, side.latest()); // what the rack says once all is over
            } catch (LoadException e) {
                throw CommandFailure.failed(e.getMessage());
            }
            report(result, accounting, page, side);
            return good(result, accounting) && side.lost() == null ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static boolean good(LoadResult result, Accounting accounting) {
        return result.counts().sent() > 0
                && result.counts().exact()
                && result.counts().strays() == 0
                && result.ending() != LoadResult.Ending.DISCONNECTED
                && (accounting == null || accounting.holds());
    }

    private ProgressView view(LoadPlan plan) {
        if (json && !console.terminal().live()) {
            return ProgressView.silent();
        }
        String first = title == null ? "fluxrig load  " + target : title;
        return ProgressView.forPeople(console, first + "  " + plan.mix().name() + " at " + rate + "/s");
    }

    private void report(LoadResult result, Accounting accounting, ReportFile page, RackSide side) {
        PrintStream people = json ? console.err() : console.out();
        int width = console.terminal().live() ? console.terminal().width() : Integer.MAX_VALUE;
        people.print(Wrapped.text(TextSummary.of(result), width));
        if (accounting != null) {
            people.print(Wrapped.text(accounting.text(), width));
        } else if (side.lost() != null) {
            people.print(Wrapped.text("  rack       " + side.lost() + ": its counts are missing\n", width));
        } else if (rack != null) {
            people.println("  rack       has no conductor, whose counts could be compared");
        }
        if (page != null) {
            List<HtmlReport.Section> extra = accounting == null ? List.of() : List.of(accounting.section());
            page.write(new HtmlReport(result, title == null ? "fluxrig load" : title, side.name(), extra));
            people.println("  report     " + page);
        }
        if (json) {
            Map<String, Object> fields = JsonSummary.fields(result);
            if (accounting != null) {
                fields.put("rack", accounting.fields());
            } else if (side.lost() != null) {
                fields.put("rack", Map.of("accounted", false, "error", side.lost()));
            }
            people.flush();
            console.out().println(JsonSummary.line(fields));
        }
    }

    private LoadPlan plan() {
        Optional<Address> address = Address.parse(target);
        if (address.isEmpty() || address.get().port() == 0) {
            throw new CommandFailure(ExitCode.USAGE, "--target " + target + ": " + Address.FIX);
        }
        checkRanges();
        String host =
                address.get().host().isEmpty() ? "127.0.0.1" : address.get().host();
        if (store.named() && spec == null) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--store: without --spec nothing of the store is read; add --spec name:tag");
        }
        Spec dialect =
                new DialectSource("--spec", store, console).spec(spec == null ? SPEC_DEFAULT : spec, console.err());
        LoadPlan.Wire wire = new LoadPlan.Wire(
                connections,
                inFlight,
                Math.min(threads, connections),
                connectTimeoutNs,
                framing.framing(),
                dialect.wire(),
                tls.tls());
        return new LoadPlan(
                new InetSocketAddress(host, address.get().port()),
                wire,
                OptionRange.rate("--rate", rate, poisson, rampNs == null ? durationNs : rampNs),
                durationNs,
                warmupNs,
                graceNs,
                settleNs,
                deadlineNs,
                mix(dialect),
                signOn ? SignOn.TEMPLATE : null,
                seed == null ? Clock.system().epochNanos() / MS_NS % SEED_MAX : seed,
                Set.copyOf(timeoutCodes),
                hlog);
    }

    private void checkRanges() {
        OptionRange.number("--connections", connections, 1, CONNECTIONS_MAX);
        OptionRange.number("--in-flight", inFlight, 1, IN_FLIGHT_MAX);
        OptionRange.number("--threads", threads, 1, THREADS_MAX);
        OptionRange.duration("--duration", durationNs, MS_NS, DURATION_MAX_NS);
        OptionRange.duration("--warmup", warmupNs, 0, DURATION_MAX_NS);
        OptionRange.duration("--grace", graceNs, 0, DURATION_MAX_NS);
        OptionRange.duration("--settle", settleNs, 0, DURATION_MAX_NS);
        OptionRange.duration("--deadline", deadlineNs, 0, DURATION_MAX_NS);
        OptionRange.duration("--connect-timeout", connectTimeoutNs, MS_NS, DURATION_MAX_NS);
        if (rampNs != null) {
            OptionRange.duration("--ramp", rampNs, MS_NS, DURATION_MAX_NS);
            if (!rate.contains("..")) {
                throw OptionRange.wrong(
                        "--ramp",
                        Quantity.durationText(rampNs),
                        "a rate of " + rate + " does not grow; write FROM..TO");
            }
        }
        if (poisson && rate.equals("max")) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--poisson: of --rate max each request waits for an answer; write a number");
        }
        if (warmupNs >= durationNs) {
            throw OptionRange.wrong(
                    "--warmup",
                    Quantity.durationText(warmupNs),
                    "nothing of the " + Quantity.durationText(durationNs) + " of --duration is left to be measured");
        }
        if (timeoutCodes.stream().anyMatch(code -> !code.matches("[A-Za-z0-9]{2,3}"))) {
            throw OptionRange.wrong(
                    "--timeout-codes", String.join(",", timeoutCodes), "write codes of two or three characters");
        }
    }

    private Mix mix(Spec dialect) {
        try {
            if (mix == null) {
                return MixLoader.builtIn();
            }
            return mix.equals("spec") ? SpecMix.of(dialect) : MixLoader.load(Path.of(mix));
        } catch (MixException e) {
            throw new CommandFailure(ExitCode.CONFIG, e.getMessage());
        }
    }
}
