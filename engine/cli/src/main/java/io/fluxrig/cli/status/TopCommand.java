package io.fluxrig.cli.status;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.ExitCode;
import io.fluxrig.cli.console.Json;
import io.fluxrig.cli.screen.Layout;
import io.fluxrig.cli.screen.ProgressView;
import io.fluxrig.cli.screen.Pulse;
import io.fluxrig.cli.screen.RackFigures;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fluxrig top}: the live view of a running rack. */
@Command(
        name = "top",
        description = "Watch a running rack: rate, latency, destinations, what is wrong.",
        footer = {
            "",
            "Ends with Ctrl-C, and waits for a rack that restarts. Where output is no terminal,"
                    + " one line every five seconds."
        })
public final class TopCommand implements Callable<Integer> {
    @Mixin
    RackAddress rack = new RackAddress();

    @Option(names = "--once", description = "show it once and end")
    boolean once;

    @Option(names = "--json", description = "print the figures once as one JSON object and end")
    boolean json;

    private final Console console;
    private final CountDownLatch end = new CountDownLatch(1);

    public TopCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        RackClient client = rack.client();
        RackFigures first = RackAddress.ask(client, RackClient::status);
        if (json) {
            console.out().println(Json.line(first));
            return ExitCode.DONE;
        }
        if (once) {
            TimeUnit.SECONDS.sleep(1);
            printOnce(client, first, RackAddress.ask(client, RackClient::status));
            return ExitCode.DONE;
        }
        console.interrupts().onSignal(end::countDown);
        try (ProgressView view = ProgressView.forPeople(console, rack -> title(client, rack))) {
            view.show(null, first);
            watch(client, first, view);
        }
        return ExitCode.DONE;
    }

    /** A rack that does not answer any more may be restarting, and is waited for. */
    private void watch(RackClient client, RackFigures first, ProgressView view) throws InterruptedException {
        RackFigures last = first;
        long answeredNs = System.nanoTime();
        while (!end.await(1, TimeUnit.SECONDS)) {
            try {
                last = client.status();
                answeredNs = System.nanoTime();
                view.show(null, last);
            } catch (IOException silent) {
                view.show(null, last.silentFor(System.nanoTime() - answeredNs));
            }
        }
    }

    /** Two looks a second apart, so that there is a rate. */
    private void printOnce(RackClient client, RackFigures first, RackFigures second) {
        Pulse pulse = new Pulse();
        pulse.pace(first);
        Layout layout =
                new Layout(console.terminal().color(), console.terminal().width());
        layout.lines(title(client, second), null, second, pulse.pace(second)).forEach(console.out()::println);
    }

    /**
     * The port tells racks apart, so the name goes where there is no room for both. A rack may have another scenario by
     * now.
     */
    private static String title(RackClient client, RackFigures rack) {
        return "fluxrig top  " + client.place() + "  " + rack.name();
    }
}
