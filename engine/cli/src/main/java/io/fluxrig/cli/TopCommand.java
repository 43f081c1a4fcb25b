package io.fluxrig.cli;

import io.fluxrig.cli.screen.Layout;
import io.fluxrig.cli.screen.Pulse;
import io.fluxrig.cli.screen.RackFigures;
import io.fluxrig.cli.status.RackClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fluxrig top}: the live view of a running rack. */
@Command(
        name = "top",
        description = "Watch a running rack: rate, latency, and each destination's link, load and breaker.",
        footer = {"", "Ends with Ctrl-C. Where output is no terminal, one line every five seconds."})
final class TopCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            defaultValue = "http://127.0.0.1:8090",
            description = "the rack's telemetry.bind (http://127.0.0.1:8090)")
    String url;

    @Option(names = "--once", description = "show it once and end")
    boolean once;

    @Option(names = "--json", description = "print the figures once as one JSON object and end")
    boolean json;

    private final Console console;
    private final CountDownLatch end = new CountDownLatch(1);

    TopCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        RackClient client = client();
        RackFigures first = ask(client);
        if (json) {
            console.out().println(Json.line(first));
            return ExitCode.DONE;
        }
        if (once) {
            TimeUnit.SECONDS.sleep(1);
            printOnce(first, ask(client));
            return ExitCode.DONE;
        }
        console.interrupts().onSignal(end::countDown);
        try (ProgressView view = ProgressView.forPeople(console, "fluxrig top  " + first.name() + "  " + url)) {
            view.show(null, first);
            while (!end.await(1, TimeUnit.SECONDS)) {
                view.show(null, ask(client));
            }
        }
        return ExitCode.DONE;
    }

    /** Two looks a second apart, so that there is a rate. */
    private void printOnce(RackFigures first, RackFigures second) {
        Pulse pulse = new Pulse();
        pulse.tps(first);
        Layout layout =
                new Layout(console.terminal().color(), console.terminal().width());
        layout.lines("fluxrig top  " + second.name(), null, second, pulse.tps(second))
                .forEach(console.out()::println);
    }

    private RackClient client() {
        try {
            return new RackClient(url);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage() + "; write http://host:port");
        }
    }

    private RackFigures ask(RackClient client) throws InterruptedException {
        try {
            return client.status();
        } catch (IOException e) {
            throw CommandFailure.failed("no rack answers at " + url + " ("
                    + e.getClass().getSimpleName() + "); start one with 'fluxrig run', or name its telemetry.bind");
        }
    }
}
