package io.fluxrig.bench.versus;

import io.fluxrig.bench.peer.Issuers;
import io.fluxrig.bench.peer.JposSwitch;
import io.fluxrig.bench.peer.Relay;
import io.fluxrig.bench.rack.Contestant;
import io.fluxrig.bench.rack.Launcher;
import io.fluxrig.bench.rack.PaymentSwitch;
import io.fluxrig.bench.rack.RackOptions;
import io.fluxrig.engine.net.FreePort;
import io.fluxrig.load.mix.MixException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The issuers, one process for all contenders, and whoever is started in front of them. */
final class Arena implements AutoCloseable {
    static final Path FOLDER = Path.of("bench/target/switch");

    private static final String BIN_TABLE = "config/scenarios/bin-ranges.csv";
    private static final String SCENARIO = "config/scenarios/payment-switch.yaml";
    private static final String LOOPBACK = "127.0.0.1:";
    /** Terminals that jPOS has threads for, beside those of the load. */
    private static final int SPARE_SESSIONS = 16;

    private final Settings settings;
    private final int schemeA;
    private final int schemeB;
    private final Contestant issuers;

    /**
     * How contenders run.
     *
     * @param jvm of the contenders
     * @param rack of the rack, and the event loops of the relay
     * @param connections that will come
     */
    record Settings(Jvm jvm, RackOptions rack, int connections) {
        /** Variables that have the launcher start racks on that JVM. */
        private Map<String, String> launcher() {
            List<String> flags = new ArrayList<>(List.of("-XX:+Use" + jvm.collector() + "GC"));
            flags.addAll(rack.flags());
            return Map.of("JAVA_HOME", jvm.home().toString(), Launcher.JAVA_OPTIONS, Launcher.flags(flags));
        }
    }

    private Arena(Settings settings, int schemeA, int schemeB, Contestant issuers) {
        this.settings = settings;
        this.schemeA = schemeA;
        this.schemeB = schemeB;
        this.issuers = issuers;
    }

    /** @param issuerJvm what the issuers run on, whatever the contenders do */
    static Arena open(Settings settings, Jvm issuerJvm) throws IOException, InterruptedException {
        Launcher.prepare(settings.launcher());
        int schemeA = FreePort.onLoopback();
        int schemeB = FreePort.onLoopback();
        List<String> arguments = List.of(Issuers.class.getName(), Integer.toString(schemeA), Integer.toString(schemeB));
        Contestant issuers = Contestant.startWith("issuers", FOLDER, issuerJvm.command(), Map.of(), arguments);
        try {
            issuers.awaitPort(schemeA);
            issuers.awaitPort(schemeB);
        } catch (IOException e) {
            issuers.close();
            throw e;
        }
        return new Arena(settings, schemeA, schemeB, issuers);
    }

    /**
     * Starts one and waits for its first answer. The caller closes what runs.
     *
     * @throws IOException if it ends or does not answer in time; it is stopped then, and the message names its log
     */
    Running start(Contender contender) throws IOException, InterruptedException, MixException {
        int port = FreePort.onLoopback();
        int metricsPort = FreePort.onLoopback();
        FirstAnswer first = new FirstAnswer(port);
        long startNs = System.nanoTime();
        Contestant process = switch (contender) {
            case LIMIT -> limit(port, metricsPort);
            case FLUXRIG -> fluxrig(port, metricsPort);
            case JPOS -> jpos(port, metricsPort);
        };
        try {
            double startMs = (first.await(process) - startNs) / 1e6;
            return new Running(contender, process, port, metricsPort, startMs);
        } catch (IOException e) {
            process.close();
            throw new IOException(
                    contender.label() + ": " + e.getMessage() + "; see " + FOLDER + "/" + contender.label() + ".log",
                    e);
        }
    }

    private Contestant limit(int port, int metricsPort) throws IOException {
        return start(
                Contender.LIMIT,
                List.of(
                        Relay.class.getName(),
                        Integer.toString(port),
                        Integer.toString(schemeA),
                        Integer.toString(settings.rack.strips()),
                        Integer.toString(metricsPort)));
    }

    private Contestant fluxrig(int port, int metricsPort) throws IOException {
        List<String> values = new ArrayList<>(settings.rack.settings());
        values.add("telemetry.enabled=true");
        values.add("telemetry.bind=" + LOOPBACK + metricsPort);
        values.add("base.data_dir=" + FOLDER.resolve(Contender.FLUXRIG.label()));
        Map<String, String> environment = new HashMap<>(settings.launcher());
        environment.putAll(PaymentSwitch.hosts(schemeA, schemeB, schemeB));
        environment.put("TERMINALS_BIND", LOOPBACK + port);
        values.forEach(value -> putVariable(environment, value));
        List<String> command = List.of(Launcher.COMMAND, "run", SCENARIO);
        return Contestant.startCommand(Contender.FLUXRIG.label(), FOLDER, command, environment);
    }

    /** Gives a {@code key=value} of the node file as the variable that stands for it: {@code rack.strips} is FLUXRIG_RACK_STRIPS. */
    private static void putVariable(Map<String, String> environment, String keyAndValue) {
        int equals = keyAndValue.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("--rack-set " + keyAndValue + " is no KEY=VALUE");
        }
        String key = keyAndValue.substring(0, equals).replace('.', '_').toUpperCase(Locale.ROOT);
        environment.put("FLUXRIG_" + key, keyAndValue.substring(equals + 1));
    }

    private Contestant jpos(int port, int metricsPort) throws IOException {
        return start(
                Contender.JPOS,
                List.of(
                        JposSwitch.class.getName(),
                        Integer.toString(port),
                        Integer.toString(schemeA),
                        Integer.toString(schemeB),
                        Integer.toString(settings.connections + SPARE_SESSIONS),
                        BIN_TABLE,
                        Integer.toString(metricsPort),
                        FOLDER.resolve(Contender.JPOS.label()).toString()));
    }

    private Contestant start(Contender contender, List<String> arguments) throws IOException {
        return Contestant.startWith(contender.label(), FOLDER, settings.jvm.command(), Map.of(), arguments);
    }

    @Override
    public void close() {
        issuers.close();
    }
}
