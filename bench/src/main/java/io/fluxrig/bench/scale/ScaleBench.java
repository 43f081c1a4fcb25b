package io.fluxrig.bench.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.UnixOperatingSystemMXBean;
import io.fluxrig.bench.rack.Measurement;
import io.fluxrig.bench.rack.PaymentSwitch;
import io.fluxrig.bench.rack.RackUnderTest.Start;
import io.fluxrig.bench.rack.SchemeHosts;
import io.fluxrig.load.LoadException;
import io.fluxrig.load.mix.MixException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/bench scale}: what a transaction costs the whole rack as one thing grows. */
@Command(
        name = "bench scale",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "CPU, garbage and throughput of the payment switch as one thing grows, each case beside a base case.",
        footer = {"", "Exit code 0: every answer right and every target met; 1: not so; 2: wrong usage."})
public final class ScaleBench implements Callable<Integer> {
    private static final Path FOLDER = Path.of("bench/target/scale");
    private static final int SPARE_FILES = 300;
    private static final int FAILED = 1;
    /** For the estimate: what starting and ending a rack takes, how fast it warms up, what a window takes beside itself. */
    private static final int RACK_S = 3;

    private static final double WARMUP_TPS = 100_000;
    private static final double RUN_IN = 1.3;
    private static final double BETWEEN_WINDOWS_S = 0.8;

    @Option(names = "--axis", split = ",", description = "connections, tickets, ranges, fields, strips (all)")
    List<String> names = List.of();

    @Option(names = "--quick", description = "--ends with short windows and two rounds: a first answer in two minutes")
    boolean quick;

    @Option(names = "--ends", description = "only base and greatest case of each axis")
    boolean endsOnly;

    @Option(names = "--rounds", description = "windows of each case, in turn with the base case (5, quick 2)")
    Integer rounds;

    @Option(names = "--seconds", description = "length of a window (4, quick 2)")
    Integer seconds;

    @Option(names = "--warmup", description = "transactions before a rack is measured (400,000, quick 200,000)")
    Long warmup;

    @Option(
            names = "--rack-flag",
            description = "JVM flag of the racks, e.g. -XX:StartFlightRecording=filename=%%p.jfr")
    List<String> rackFlags = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "write every window, medians and ratios")
    Path json;

    /** Transactions of a closed loop that stand for a second; a slower machine only takes longer. */
    @Option(names = "--per-second", description = "transactions of a closed loop that make a second (${DEFAULT-VALUE})")
    long perSecond = 80_000;

    private final ScaleReport report = new ScaleReport();
    private final SwitchVariant variants = new SwitchVariant(FOLDER);
    private Map<String, String> hosts;
    private SilentHost silent;
    private int racks;
    private boolean good = true;
    private final long startMs = System.currentTimeMillis();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ScaleBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, LoadException, MixException {
        List<Axis> axes = axes();
        if (axes == null) {
            return CommandLine.ExitCode.USAGE;
        }
        System.out.printf("about %s; two racks at a time, in turn%n", minutes(estimateS(axes)));
        try (SilentHost host = SilentHost.start();
                SchemeHosts schemes = SchemeHosts.start(FOLDER)) {
            silent = host;
            hosts = PaymentSwitch.hosts(schemes.schemeA(), schemes.schemeB(), host.port());
            for (int i = 0; i < axes.size(); i++) {
                compare(axes.get(i));
                int left = estimateS(axes.subList(i + 1, axes.size()));
                System.out.printf(
                        "  after %s%s%n%n", minutes(elapsedS()), left == 0 ? "" : ", about " + minutes(left) + " left");
            }
        }
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), report.fields(about()));
        }
        return good ? 0 : FAILED;
    }

    /** What is asked for, null (and said) if it cannot be done. */
    private List<Axis> axes() {
        List<Axis> axes;
        try {
            axes = Axes.named(names, Runtime.getRuntime().availableProcessors());
        } catch (IllegalArgumentException e) {
            System.err.println("--axis: " + e.getMessage());
            return null;
        }
        int connections = axes.stream()
                .flatMap(axis -> axis.cases().stream())
                .mapToInt(one -> one.traffic().connections())
                .max()
                .orElse(0);
        long files = openFilesMax();
        if (files < connections + SPARE_FILES) {
            System.err.printf(
                    "%,d connections need %,d open files in one process, and this shell allows %,d: run 'ulimit -n %d'"
                            + " first (as root, or have the hard limit raised), or choose other axes with --axis%n",
                    connections, connections + SPARE_FILES, files, connections + SPARE_FILES);
            return null;
        }
        return quick || endsOnly ? axes.stream().map(Axis::endsOnly).toList() : axes;
    }

    private static long openFilesMax() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    private void compare(Axis axis) throws IOException, InterruptedException, LoadException, MixException {
        System.out.println(ScaleReport.axisLine(axis));
        System.out.println(ScaleReport.HEADINGS);
        List<Comparison> comparisons = new ArrayList<>();
        List<Measurement> bases = new ArrayList<>();
        try (Subject base = start(axis.base())) {
            measure(base);
            for (Case one : axis.cases()) {
                Comparison comparison = compare(base, one, axis.targetOf(one));
                comparisons.add(comparison);
                bases.addAll(comparison.base());
                System.out.println(ScaleReport.line(comparison));
            }
            good &= base.crooked() == 0;
        }
        System.out.println(ScaleReport.baseLine(axis.base(), bases));
        report.add(axis, comparisons);
    }

    /**
     * Which of the two begins a round changes from round to round. A first window is not counted: the JIT has seen another load
     * so far than that of the case.
     */
    private Comparison compare(Subject base, Case one, double target)
            throws IOException, InterruptedException, LoadException, MixException {
        Comparison comparison = new Comparison(one, target);
        try (Subject subject = start(one)) {
            measure(subject);
            for (int round = 0; round < rounds(); round++) {
                boolean baseFirst = round % 2 == 0;
                Measurement first = measure(baseFirst ? base : subject);
                Measurement second = measure(baseFirst ? subject : base);
                comparison.add(baseFirst ? first : second, baseFirst ? second : first);
            }
            good &= subject.crooked() == 0;
        }
        good &= comparison.met();
        return comparison;
    }

    private Measurement measure(Subject subject) throws IOException, InterruptedException, LoadException, MixException {
        return subject.measure(seconds(), seconds() * perSecond);
    }

    private Subject start(Case one) throws IOException, InterruptedException, LoadException, MixException {
        Start start = new Start(
                "rack-" + ++racks,
                FOLDER,
                variants.write(one.setup()),
                List.of("rack.strips=" + one.setup().strips()),
                rackFlags,
                hosts);
        return Subject.start(one, start, silent, warmup());
    }

    private long warmup() {
        return warmup != null ? warmup : quick ? 200_000 : 400_000;
    }

    private int rounds() {
        return rounds != null ? rounds : quick ? 2 : 5;
    }

    private int seconds() {
        return seconds != null ? seconds : quick ? 2 : 4;
    }

    private int estimateS(List<Axis> axes) {
        double rackS = RACK_S + warmup() / WARMUP_TPS;
        double windowS = seconds() * RUN_IN + BETWEEN_WINDOWS_S;
        double sum = 0;
        for (Axis axis : axes) {
            int cases = axis.cases().size();
            sum += (cases + 1) * (rackS + windowS) + cases * 2 * rounds() * windowS;
        }
        return (int) Math.round(sum);
    }

    private int elapsedS() {
        return (int) ((System.currentTimeMillis() - startMs) / 1000);
    }

    private static String minutes(int seconds) {
        return seconds < 100 ? seconds + " s" : (seconds + 30) / 60 + " min";
    }

    private Map<String, Object> about() {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
        about.put("cores", Runtime.getRuntime().availableProcessors());
        about.put("rounds", rounds());
        about.put("window_seconds", seconds());
        about.put("quick", quick);
        return about;
    }
}
