package io.fluxrig.bench.rack;

import io.fluxrig.cli.Fluxrig;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.load.LoadException;
import io.fluxrig.load.LoadPlan;
import io.fluxrig.load.LoadResult;
import io.fluxrig.load.LoadRun;
import io.fluxrig.load.Progress;
import io.fluxrig.load.mix.Mix;
import io.fluxrig.load.pace.Rate;
import io.fluxrig.load.tally.AnswerClass;
import io.fluxrig.perf.clock.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A rack process with the payment switch, or a variant of it, and what it takes to put load on it. Ends with this process.
 *
 * @param port where terminals connect
 * @param apiPort of its HTTP window
 */
public record RackUnderTest(Contestant process, int port, int apiPort) implements AutoCloseable {
    /** Of the JVM of whatever is measured. */
    static final List<String> FLAGS = List.of("-XX:+UseParallelGC", "-Xms128m", "-XX:MetaspaceSize=64m");

    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long CONNECT_NS = 30 * SECOND_NS;

    /**
     * How a rack is to be started.
     *
     * @param folder takes log and data
     * @param settings {@code key=value} of the node file
     * @param flags of the JVM, beside the usual ones
     */
    public record Start(
            String name,
            Path folder,
            Path scenario,
            List<String> settings,
            List<String> flags,
            Map<String, String> environment) {}

    /**
     * A load.
     *
     * @param connections TCP connections
     * @param inFlight open requests on each at most
     * @param rate messages a second, or {@code max}
     * @param timeMaxS seconds it goes on if nobody stops it
     * @param graceS seconds that the last answers are waited for
     */
    public record Load(Mix mix, int connections, int inFlight, String rate, int timeMaxS, int graceS) {}

    /** Starts a rack with this process's classes and waits until it listens for terminals. */
    public static RackUnderTest start(Start start) throws IOException, InterruptedException {
        return started(start, RackUnderTest::process);
    }

    /** As {@link #start}, by {@code bin/fluxrig}, as a user starts it: with its flags and its class-data archive. */
    public static RackUnderTest launch(Start start) throws IOException, InterruptedException {
        Launcher.prepare(Map.of(Launcher.JAVA_OPTIONS, Launcher.flags(start.flags())));
        return started(start, RackUnderTest::launched);
    }

    private static RackUnderTest started(Start start, Starter starter) throws IOException, InterruptedException {
        int port = FreePort.onLoopback();
        int apiPort = FreePort.onLoopback();
        Map<String, String> environment = new HashMap<>(start.environment());
        environment.put("TERMINALS_BIND", "127.0.0.1:" + port);
        List<String> settings = new ArrayList<>(start.settings());
        settings.add("telemetry.bind=127.0.0.1:" + apiPort);
        Contestant process = starter.start(start, settings, environment);
        try {
            process.awaitPort(port);
        } catch (IOException e) {
            process.close();
            throw e;
        }
        return new RackUnderTest(process, port, apiPort);
    }

    /** A way to start a rack's process. */
    private interface Starter {
        Contestant start(Start start, List<String> settings, Map<String, String> environment) throws IOException;
    }

    /** Starts a process that plays the hosts behind the switch: one strip, no HTTP window. */
    public static Contestant issuers(String name, Path folder, Path scenario, Map<String, String> environment)
            throws IOException {
        Start start = new Start(name, folder, scenario, List.of(), List.of(), environment);
        return process(start, List.of("rack.strips=1", "telemetry.enabled=false"), environment);
    }

    private static Contestant process(Start start, List<String> settings, Map<String, String> environment)
            throws IOException {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.addAll(start.flags());
        List<String> arguments = new ArrayList<>(List.of(Fluxrig.class.getName()));
        arguments.addAll(command(start, settings));
        return Contestant.start(start.name(), start.folder(), flags, environment, arguments);
    }

    private static Contestant launched(Start start, List<String> settings, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(Launcher.COMMAND));
        command.addAll(command(start, settings));
        Map<String, String> all = new HashMap<>(environment);
        all.put(Launcher.JAVA_OPTIONS, Launcher.flags(start.flags()));
        return Contestant.startCommand(start.name(), start.folder(), command, all);
    }

    private static List<String> command(Start start, List<String> settings) {
        List<String> command = new ArrayList<>(List.of("run"));
        settings.forEach(setting -> command.add("--set=" + setting));
        command.add("--set=base.data_dir=" + start.folder().resolve(start.name()));
        command.add(start.scenario().toString());
        return command;
    }

    public RackFigures figures() throws IOException, InterruptedException {
        return RackFigures.of(apiPort);
    }

    /** The load, ready to run. */
    public LoadRun loadRun(Load load) {
        return loadRun(port, load);
    }

    /** A load on whatever listens there and speaks as the payment switch does to its terminals. */
    static LoadRun loadRun(int port, Load load) {
        return new LoadRun(plan(port, load), Clock.system());
    }

    /** Runs a load to its end. */
    public LoadResult run(Load load, Consumer<Progress> view) throws LoadException {
        return loadRun(load).run(view);
    }

    private static LoadPlan plan(int port, Load load) {
        LoadPlan.Wire wire = new LoadPlan.Wire(
                load.connections(), load.inFlight(), 1, CONNECT_NS, Stencils.framing(), Stencils.dialect(), null);
        return new LoadPlan(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                wire,
                Rate.parse(load.rate(), false, 0),
                load.timeMaxS() * SECOND_NS,
                0,
                load.graceS() * SECOND_NS,
                SECOND_NS / 5,
                0,
                load.mix(),
                null,
                1,
                AnswerClass.TIMEOUT_CODES,
                null);
    }

    @Override
    public void close() {
        process.close();
    }
}
