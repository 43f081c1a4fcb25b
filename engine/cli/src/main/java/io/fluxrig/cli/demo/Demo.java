package io.fluxrig.cli.demo;

import io.fluxrig.cli.demo.Ports.Use;
import io.fluxrig.cli.status.RackClient;
import io.fluxrig.engine.fault.FileReason;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Starts issuers, switch and load in this order, each when the one before is ready, waits for the load to end and ends the
 * others. The load draws on this process's own standard output and gives the exit code.
 */
public final class Demo {
    private static final long READY_TIMEOUT_MS = 30_000;
    private static final long POLL_MS = 50;
    private static final long END_TIMEOUT_MS = 15_000;
    private static final String READY = "fluxrig: rack ";
    private static final List<String> SMALL_HEAP = List.of("-Xmx192m", "-XX:+UseSerialGC");
    private static final List<String> SWITCH_HEAP = List.of("-Xmx384m", "-XX:+UseParallelGC");

    private final DemoPlan plan;
    private final PrintStream messages;
    private final List<Child> racks = new ArrayList<>();
    private volatile Child load;
    private volatile boolean stopped;

    /** @param messages gets a line for each step; not what the load prints */
    public Demo(DemoPlan plan, PrintStream messages) {
        this.plan = plan;
        this.messages = messages;
    }

    /** Ends the load early; it still waits for its answers. Any thread. */
    public void stop() {
        stopped = true;
        Child running = load;
        if (running != null) {
            running.askToEnd();
        }
    }

    /** @return the load's exit code, or 1 if a rack died or did not drain */
    @SuppressWarnings("try") // the lock is held, not used
    public int run() throws DemoException, InterruptedException {
        List<String> taken = plan.ports().taken();
        if (!taken.isEmpty()) {
            throw new DemoException(
                    String.join("\nfluxrig: ", taken) + "\nfluxrig: or run it on free ports: --free-ports");
        }
        try (FolderLock lock = FolderLock.take(plan.folder())) {
            return runProcesses();
        } catch (IOException e) {
            throw new DemoException("cannot let go of " + plan.folder() + ": " + FileReason.of(e), e);
        }
    }

    private int runProcesses() throws DemoException, InterruptedException {
        try {
            startRacks();
            if (stopped) {
                return 1;
            }
            int code = runLoad();
            return endRacks() ? code : Math.max(code, 1);
        } finally {
            if (load != null) {
                load.close();
            }
            racks.forEach(Child::close);
        }
    }

    private void startRacks() throws DemoException, InterruptedException {
        messages.println("fluxrig: logs and the report go to " + plan.folder());
        messages.println("fluxrig: starting two issuer hosts");
        Child a = rack("issuer-scheme-a", SMALL_HEAP, Map.of("FLUXRIG_RACK_STRIPS", "1"));
        Child b = rack("issuer-scheme-b", SMALL_HEAP, Map.of("FLUXRIG_RACK_STRIPS", "1"));
        awaitReady(a);
        awaitReady(b);
        messages.println("fluxrig: starting the switch: terminals on " + at(Use.TERMINALS));
        messages.println("fluxrig: 'fluxrig top "
                + plan.ports().address(Use.STATUS).port() + "' in another terminal shows it too");
        Child payments = rack("payment-switch", SWITCH_HEAP, Map.of(Use.STATUS.variable(), at(Use.STATUS)));
        awaitReady(payments);
        awaitLinks(payments);
    }

    private String at(Use use) {
        return plan.ports().address(use).toString();
    }

    private String statusUrl() {
        return "http://127.0.0.1:" + plan.ports().address(Use.STATUS).port();
    }

    private Child rack(String scenario, List<String> heap, Map<String, String> own) throws DemoException {
        Path data = plan.folder().resolve(scenario);
        Map<String, String> environment = new TreeMap<>();
        environment.put("FLUXRIG_RACK_NAME", scenario);
        environment.put("FLUXRIG_BASE_DATA_DIR", data.toString());
        for (Use use : Use.values()) {
            environment.put(use.variable(), at(use));
        }
        environment.put(Use.STATUS.variable(), "127.0.0.1:0");
        environment.putAll(own);
        Path log = plan.folder().resolve(scenario + ".log");
        String file = plan.scenarios().resolve(scenario + ".yaml").toString();
        Child child;
        try {
            Files.deleteIfExists(log);
            child = new ChildBuilder(scenario, log, heap, environment, List.of("run", file)).start();
        } catch (IOException e) {
            throw new DemoException(
                    "cannot start " + scenario + " with its log in " + plan.folder() + ": " + FileReason.of(e)
                            + "; choose a folder that can be written with --dir",
                    e);
        }
        racks.add(child);
        messages.println("fluxrig: " + child + " started");
        return child;
    }

    private void awaitReady(Child child) throws DemoException, InterruptedException {
        await(child + " did not say that it is ready", "its log is " + child.log(), () -> {
            if (!child.alive()) {
                throw new DemoException(child.name() + " ended; the end of " + child.log() + ":\n  " + child.tail());
            }
            return Files.exists(child.log()) && Files.readString(child.log()).contains(READY);
        });
    }

    /** The switch dials its issuers once it runs; requests before that would be declined. */
    private void awaitLinks(Child payments) throws DemoException, InterruptedException {
        RackClient client = new RackClient(statusUrl());
        await(
                payments + " did not say at " + statusUrl() + " that it reached its issuers",
                "its log is " + payments.log() + ", theirs are beside it; a busy machine may need another try",
                client::reachesAll);
    }

    /** Something to wait for. */
    private interface Condition {
        boolean holds() throws IOException, DemoException, InterruptedException;
    }

    private void await(String otherwise, String next, Condition condition) throws DemoException, InterruptedException {
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_TIMEOUT_MS);
        while (!stopped && !holds(condition)) {
            if (System.nanoTime() > untilNs) {
                throw new DemoException(otherwise + " within " + READY_TIMEOUT_MS / 1000 + " s; " + next);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /** A process that cannot be asked yet, or is too busy to answer in time, may be able to a moment later. */
    private static boolean holds(Condition condition) throws DemoException, InterruptedException {
        try {
            return condition.holds();
        } catch (IOException notYet) {
            return false;
        }
    }

    private int runLoad() throws DemoException, InterruptedException {
        List<String> flags = new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC"));
        flags.add("-Dfluxrig.tty=" + plan.live());
        Path log = plan.folder().resolve("load.log");
        try {
            load = new ChildBuilder("load", log, flags, Map.of(), loadArguments()).startShown();
        } catch (IOException e) {
            throw new DemoException("cannot start the load: " + FileReason.of(e), e);
        }
        messages.println("fluxrig: " + load + " started");
        return load.process().waitFor();
    }

    /** What the load is told; a rate that does not grow has no ramp. */
    List<String> loadArguments() {
        String rate = gently(plan.rate());
        List<String> arguments = new ArrayList<>(List.of(
                "load",
                "--target=127.0.0.1:" + plan.ports().address(Use.TERMINALS).port(),
                "--rate=" + rate,
                "--duration=" + plan.durationNs() / 1_000_000 + "ms",
                "--warmup=" + warmupMs() + "ms",
                "--grace=15s",
                "--deadline=11s",
                "--sign-on",
                "--title=fluxrig demo",
                "--rack=" + statusUrl(),
                "--html=" + plan.folder().resolve("report.html"),
                "--hlog=" + plan.folder().resolve("latency.hlog")));
        if (rate.contains("..")) {
            arguments.add("--ramp=" + warmupMs() + "ms");
        }
        if (plan.json()) {
            arguments.add("--json");
        }
        return arguments;
    }

    private long warmupMs() {
        return Math.min(5_000, plan.durationNs() / 4_000_000);
    }

    /** A plain rate is reached from a tenth of it during the warm-up, while four new JVMs compile their code. */
    private static String gently(String rate) {
        return rate.matches("[0-9]{1,7}") ? Long.parseLong(rate) / 10 + ".." + rate : rate;
    }

    private boolean endRacks() throws InterruptedException {
        boolean good = true;
        for (Child rack : racks) {
            if (!rack.alive()) {
                messages.println("fluxrig: " + rack.name() + " died; the end of " + rack.log() + ":\n  " + rack.tail());
                good = false;
            }
            rack.askToEnd();
        }
        for (Child rack : racks) {
            int code = rack.awaitEnd(END_TIMEOUT_MS);
            if (code != 0) {
                messages.println(
                        "fluxrig: " + rack.name() + " did not drain: exit code " + code + ", see " + rack.log());
                good = false;
            }
        }
        return good;
    }
}
