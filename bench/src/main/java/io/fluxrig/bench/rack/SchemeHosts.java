package io.fluxrig.bench.rack;

import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The two schemes' hosts behind the payment switch, one process that approves everything at once.
 *
 * @param schemeA port of the first
 * @param schemeB port of the second
 */
public record SchemeHosts(Contestant process, int schemeA, int schemeB) implements AutoCloseable {
    private static final Path SCENARIO = Path.of("bench/scenarios/issuers.yaml");

    /** Starts them and waits until both listen. */
    public static SchemeHosts start(Path folder) throws IOException, InterruptedException {
        int schemeA = FreePort.onLoopback();
        int schemeB = FreePort.onLoopback();
        Contestant process =
                RackUnderTest.issuers("issuers", folder, SCENARIO, PaymentSwitch.hosts(schemeA, schemeB, schemeB));
        try {
            process.awaitPort(schemeA);
            process.awaitPort(schemeB);
        } catch (IOException e) {
            process.close();
            throw e;
        }
        return new SchemeHosts(process, schemeA, schemeB);
    }

    @Override
    public void close() {
        process.close();
    }
}
