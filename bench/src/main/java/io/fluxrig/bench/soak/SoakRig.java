package io.fluxrig.bench.soak;

import io.fluxrig.bench.rack.Contestant;
import io.fluxrig.bench.rack.PaymentSwitch;
import io.fluxrig.bench.rack.RackOptions;
import io.fluxrig.bench.rack.RackUnderTest;
import io.fluxrig.bench.rack.RackUnderTest.Start;
import io.fluxrig.engine.net.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rack that is soaked and the two issuers behind it, each a process. The rack lives as long as this; an issuer can be
 * killed and started again. Its heap has a fixed size and is touched at the start, so that what the process gains in
 * RAM is a leak and not a heap that was given its pages late.
 */
final class SoakRig implements AutoCloseable {
    private static final Path FOLDER = Path.of("bench/target/soak");
    private static final List<String> FLAGS = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");
    private static final List<String> NAMES = List.of("a", "b");

    private final Map<String, String> environment;
    private final int[] ports;
    private final Contestant[] issuers = new Contestant[2];
    private RackUnderTest rack;
    private long killed;

    private SoakRig(int portA, int portB) {
        ports = new int[] {portA, portB};
        environment = PaymentSwitch.hosts(portA, portB, portB);
    }

    /**
     * Starts everything.
     *
     * @param options of the rack, whose JVM has the flags above too
     */
    static SoakRig start(RackOptions options) throws IOException, InterruptedException {
        SoakRig rig = new SoakRig(FreePort.onLoopback(), FreePort.onLoopback());
        try {
            rig.startIssuer(0);
            rig.startIssuer(1);
            List<String> all = new ArrayList<>(FLAGS);
            all.addAll(options.flags());
            rig.rack = RackUnderTest.start(
                    new Start("rack", FOLDER, scenario(), options.settings(), all, rig.environment));
        } catch (IOException | InterruptedException | RuntimeException e) {
            rig.close();
            throw e;
        }
        return rig;
    }

    RackUnderTest rack() {
        return rack;
    }

    /** Issuers killed so far. */
    long killed() {
        return killed;
    }

    /** Kills an issuer, with whatever it has not answered, and starts it again; returns when it listens. */
    void restartIssuer(int number) throws IOException, InterruptedException {
        issuers[number].kill();
        killed++;
        startIssuer(number);
    }

    private void startIssuer(int number) throws IOException, InterruptedException {
        String name = "soak-issuer-" + NAMES.get(number);
        Path scenario = Path.of("bench/scenarios", name + ".yaml");
        issuers[number] = RackUnderTest.issuers(name, FOLDER, scenario, environment);
        issuers[number].awaitPort(ports[number]);
    }

    private static Path scenario() throws IOException {
        Path file = FOLDER.resolve("switch.yaml");
        adapt(PaymentSwitch.original()).write(file);
        return file;
    }

    /** Quicker to give up on an answer and to try a host again, so that a fault takes seconds. */
    static PaymentSwitch adapt(PaymentSwitch original) {
        return original.referenceInKey()
                .with("timeout: 10s", "timeout: 2s")
                .with("reconnect_wait: 2s", "reconnect_wait: 200ms")
                .with("cooldown: 5s", "cooldown: 500ms");
    }

    @Override
    public void close() {
        if (rack != null) {
            rack.close();
        }
        for (Contestant issuer : issuers) {
            if (issuer != null) {
                issuer.close();
            }
        }
    }
}
