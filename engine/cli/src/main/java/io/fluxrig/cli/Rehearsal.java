package io.fluxrig.cli;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Home;
import io.fluxrig.cli.console.Interrupts;
import io.fluxrig.cli.console.Terminal;
import io.fluxrig.cli.demo.ParentWatch;
import io.fluxrig.cli.status.RackClient;
import io.fluxrig.engine.net.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * What the launcher runs once for a build and a JDK, so that the JVM can write down which classes fluxrig's commands need and
 * how they run: the payment switch with its two issuers in this one process, some traffic through it, changes of its scenario, a
 * look at its status, the drain, and the commands that only print. Nothing it does outlives it; sockets are on loopback, on ports that were free.
 *
 * <p>Exit code 0 means that all went as rehearsed. Whatever does not happen in {@value #PATIENCE_SECONDS} s fails it.
 */
public final class Rehearsal {
    private static final int PATIENCE_SECONDS = 20;
    private static final long POLL_MS = 5;
    /** Of each of two loads. Long enough for every class that traffic needs; what it teaches the compilers, a rack under load learns in a moment. */
    private static final String LOAD_TIME = "300ms";

    private static final String SCENARIO = "config/scenarios/payment-switch.yaml";
    private static final String READY = "fluxrig: rack ";
    /** The host that never answers stays out of the switch's reach: its timeouts would only be waited for. */
    private static final String SILENT = "out_silent";

    private static final String NOBODY = "127.0.0.1:1";

    private final Path folder;
    /** Port that the switch takes terminals on. */
    private final int terminals;
    /** Port that the switch shows its status on. */
    private final int status;

    private final Map<String, String> environment;

    private Rehearsal(Path folder, int terminals) throws IOException {
        this.folder = folder;
        this.terminals = terminals;
        status = FreePort.onLoopback();
        environment = Map.of(
                "TERMINALS_BIND", "127.0.0.1:" + terminals,
                "SCHEME_A_ADDRESS", "127.0.0.1:" + FreePort.onLoopback(),
                "SCHEME_B_ADDRESS", "127.0.0.1:" + FreePort.onLoopback(),
                "SILENT_ADDRESS", NOBODY);
    }

    /** @param arguments the folder for what the racks write; the port for terminals, if it is not to be any free one */
    public static void main(String... arguments) {
        ParentWatch.startIfAsked();
        try {
            int terminals = arguments.length > 1 ? Integer.parseInt(arguments[1]) : FreePort.onLoopback();
            new Rehearsal(Path.of(arguments[0]), terminals).play();
        } catch (IOException | InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
            System.err.println("fluxrig: the rehearsal failed: " + (e.getMessage() == null ? e : e.getMessage()));
            // At once, whatever still runs; the launcher takes no archive of a rehearsal that failed.
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
        System.exit(ExitCode.DONE);
    }

    private void play() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        expect("--help");
        expect("version");
        expect("check", Home.file(SCENARIO).toString());
        Running issuerA = run("config/scenarios/issuer-scheme-a.yaml", 0, Map.of());
        Running issuerB = run(
                "config/scenarios/issuer-scheme-b.yaml",
                0,
                Map.of("SILENT_ADDRESS", "127.0.0.1:" + FreePort.onLoopback()));
        RehearsedSwitch scenario = RehearsedSwitch.copy(Home.file(SCENARIO), folder.resolve("scenario"));
        Running rack = run(scenario.file().toString(), status, Map.of());
        RackClient client = new RackClient("http://127.0.0.1:" + status);
        await("the links of the switch", () -> linked(client));
        load();
        for (int number = 0; number < RehearsedSwitch.changes(); number++) {
            if (scenario.change(number)) {
                expect("reload", "http://127.0.0.1:" + status);
            }
        }
        await("the links of the switch, changed", () -> linked(client));
        load();
        expect("top", "http://127.0.0.1:" + status, "--json");
        rack.end();
        issuerB.end();
        issuerA.end();
    }

    private void load() throws IOException {
        expect(
                "load",
                "--target",
                "127.0.0.1:" + terminals,
                "--rate",
                "max",
                "--in-flight",
                "4",
                "--duration",
                LOAD_TIME,
                "--sign-on",
                "--grace",
                PATIENCE_SECONDS + "s",
                "--rack",
                "http://127.0.0.1:" + status);
    }

    private static boolean linked(RackClient client) {
        try {
            return client.status().destinations().stream()
                    .allMatch(destination ->
                            destination.up() || destination.name().equals(SILENT));
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Running run(String scenario, int statusPort, Map<String, String> own)
            throws IOException, InterruptedException, TimeoutException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(own);
        Running rack = new Running(Home.file(scenario).toString(), statusPort, all);
        await(scenario, () -> rack.exitCode.isDone() || rack.printed().contains(READY));
        if (rack.exitCode.isDone()) {
            throw new IOException(scenario + " does not run");
        }
        return rack;
    }

    private void expect(String... command) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int code = Fluxrig.execute(console(printed, new Interrupts(), environment), command);
        if (code != ExitCode.DONE) {
            throw new IOException(String.join(" ", command) + " ended with " + code + ": "
                    + printed.toString(StandardCharsets.UTF_8));
        }
    }

    private static Console console(
            ByteArrayOutputStream printed, Interrupts interrupts, Map<String, String> environment) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new Console(
                InputStream.nullInputStream(),
                out,
                System.err,
                environment,
                Terminal.detect(false, environment),
                interrupts);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException, TimeoutException {
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > untilNs) {
                throw new TimeoutException(what + " not within " + PATIENCE_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /** One rack of the rehearsal, on a thread of its own. */
    private final class Running {
        private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        private final Interrupts interrupts = new Interrupts();
        private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

        Running(String scenario, int statusPort, Map<String, String> variables) {
            Thread thread = new Thread(
                    () -> exitCode.complete(Fluxrig.execute(
                            console(printed, interrupts, variables),
                            "run",
                            scenario,
                            "--set=base.data_dir="
                                    + folder.resolve(Path.of(scenario).getFileName()),
                            "--set=rack.reload_trial=0s",
                            "--set=telemetry.bind=127.0.0.1:" + statusPort)),
                    "rehearsal");
            thread.setDaemon(true);
            thread.start();
        }

        String printed() {
            return printed.toString(StandardCharsets.UTF_8);
        }

        void end() throws IOException, InterruptedException, ExecutionException, TimeoutException {
            interrupts.askToEnd();
            int code = exitCode.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (code != ExitCode.DONE) {
                throw new IOException("a rack ended with " + code);
            }
        }
    }
}
