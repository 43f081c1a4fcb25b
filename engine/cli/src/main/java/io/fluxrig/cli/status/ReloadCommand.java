package io.fluxrig.cli.status;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.engine.rack.api.ProcessStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fluxrig reload}: has a running rack of this machine read its scenario again, and tells what came of it. */
@Command(
        name = "reload",
        description = "Have a running rack read its scenario again and change to it.",
        footer = {
            "",
            "Drops nothing. Sends SIGHUP to the rack's process, waits for the change and its trial,"
                    + " and says what changed.",
            "Exit code 0: what the files say runs; 78: a file is wrong; 1: refused, or rolled back."
                    + " What ran before runs on in both cases, unless the text says that it cannot be had back.",
            "Of a rack that a mixer leads, it is refused: use 'fluxrig scenario activate'."
        })
public final class ReloadCommand implements Callable<Integer> {
    /** In the command line of whatever runs this program; its room is not this one's to know. */
    private static final String PROGRAM = "io.fluxrig.cli.Fluxrig";

    private static final long POLL_MS = 100;

    @Mixin
    RackAddress rack = new RackAddress();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "how long to wait for the outcome (${DEFAULT-VALUE})")
    int waitSeconds;

    private final Console console;

    public ReloadCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        RackClient client = rack.client();
        RackChange before = RackAddress.ask(client, RackClient::change);
        if (before.led()) {
            throw CommandFailure.failed("a mixer leads this rack, so it reads no files again: change what it runs with"
                    + " 'fluxrig scenario activate NAME VERSION'");
        }
        hangUp(before, client.address());
        console.err()
                .println("fluxrig: asked process " + before.pid() + " to reload; waiting for the change and its trial");
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(waitSeconds);
        RackChange now = before;
        while (now.number() <= before.asked()) { // answers to those who asked before are none to this
            if (System.nanoTime() - endNs >= 0) {
                throw CommandFailure.failed("the rack has not said what came of it after " + waitSeconds
                        + " s; look into its log, or at \"change\" in " + client.address() + "/status");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            now = RackAddress.ask(client, RackClient::change);
        }
        return tell(now);
    }

    private int tell(RackChange change) {
        if (change.outcome().equals("changed") || change.outcome().equals("unchanged")) {
            console.out().println(change.text());
            return ExitCode.DONE;
        }
        boolean config = change.outcome().equals("bad_config");
        boolean stuck = change.outcome().equals("stuck");
        throw new CommandFailure(
                config ? ExitCode.CONFIG : ExitCode.FAILED, (stuck ? "" : "not changed: ") + change.text());
    }

    /** Whoever else has the process's number here, another rack for one, is not to be told to hang up, which would end it. */
    private static void hangUp(RackChange rack, String address) throws InterruptedException {
        long pid = rack.pid();
        if (pid <= 0 || ProcessHandle.of(pid).isEmpty()) {
            throw CommandFailure.failed("the rack's process " + pid + " is not on this machine; " + elsewhere(pid));
        }
        if (!isRack(rack)) {
            throw CommandFailure.failed("process " + pid + " of this machine is not the rack that answers at " + address
                    + ", so nothing was signalled; " + elsewhere(pid));
        }
        try {
            // the shell's own: not every machine, and no image, has a program of that name
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -HUP \"$0\"", Long.toString(pid))
                    .redirectErrorStream(true)
                    .start();
            if (kill.waitFor() != 0) {
                throw CommandFailure.failed(
                        "cannot signal process " + pid + "; run this as the user that runs the rack");
            }
        } catch (IOException e) {
            throw CommandFailure.failed("cannot run /bin/sh: " + e.getMessage() + "; send SIGHUP to process " + pid);
        }
    }

    /** By when it began, where both say that; a rack of before, and a system that does not, by its command line. */
    private static boolean isRack(RackChange rack) {
        long here = ProcessStart.ticks(rack.pid());
        if (here != ProcessStart.UNKNOWN && rack.pidStart() != ProcessStart.UNKNOWN) {
            return here == rack.pidStart();
        }
        return commandLine(rack.pid()).contains(PROGRAM);
    }

    /** Of which a system may hold back what is behind its first 4096 bytes, and a class path is long. */
    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException noProc) {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().commandLine())
                    .orElse("");
        }
    }

    private static String elsewhere(long pid) {
        return "run 'fluxrig reload' where the rack runs, in its container for one; or send its process SIGHUP there: kill -HUP "
                + pid + " on its machine, docker kill --signal=HUP NAME, kubectl exec POD -- /bin/sh -c 'kill -HUP "
                + pid + "'";
    }
}
