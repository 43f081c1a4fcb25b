package io.fluxrig.cli.status;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.cli.console.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/** The running rack that a command is about. */
final class RackAddress {
    private static final String DEFAULT = "http://127.0.0.1:8090";

    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            defaultValue = DEFAULT,
            description = "the rack's telemetry.bind, or its port alone (8090)")
    String url;

    /** What a rack is asked. */
    @FunctionalInterface
    interface Question<T> {
        T of(RackClient rack) throws IOException, InterruptedException;
    }

    RackClient client() {
        try {
            return new RackClient(url);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage() + "; write http://host:port");
        }
    }

    /** The rack's answer; the command fails if there is none. */
    static <T> T ask(RackClient client, Question<T> question) throws InterruptedException {
        try {
            return question.of(client);
        } catch (IOException e) {
            throw CommandFailure.failed(client.isMixer() ? mixer(client) : nobody(client));
        }
    }

    private static String mixer(RackClient client) {
        String where = client.address().equals(DEFAULT) ? "" : " --api " + client.address();
        return "a mixer answers at " + client.address() + ", and this asks a rack: 'fluxrig topology" + where
                + "' shows the mixer's racks; of one of them name its telemetry.bind";
    }

    /** A rack that a mixer leads shows itself only while its gears run. */
    private static String nobody(RackClient client) {
        return "no rack answers at " + client.address() + "; start one with 'fluxrig run', or name its telemetry.bind."
                + " One that waits, is held or was drained by its mixer answers nobody: 'fluxrig admin racks list' says why";
    }
}
