package io.fluxrig.cli.demo;

import io.fluxrig.engine.config.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where the demo's processes listen, decided once: as the environment says, or at the demo's own ports, or at free ones. A
 * free port is free when it is chosen; nothing holds it until its process binds it.
 */
public final class Ports {
    private static final String LOOPBACK = "127.0.0.1";

    private final Map<Use, Address> addresses = new EnumMap<>(Use.class);

    /** What listens, the environment variable that moves it, and the demo's own port. */
    public enum Use {
        TERMINALS("terminals", "TERMINALS_BIND", 8583),
        SCHEME_A("issuer of scheme A", "SCHEME_A_ADDRESS", 9101),
        SCHEME_B("issuer of scheme B", "SCHEME_B_ADDRESS", 9102),
        SILENT("the silent host", "SILENT_ADDRESS", 9103),
        STATUS("the rack's status", "FLUXRIG_TELEMETRY_BIND", 8090);

        private final String what;
        private final String variable;
        private final int port;

        Use(String what, String variable, int port) {
            this.what = what;
            this.variable = variable;
            this.port = port;
        }

        /** Sets its address, in the demo's environment as in those of its racks. */
        public String variable() {
            return variable;
        }

        /** Where it listens unless something says otherwise. */
        public Address usual() {
            return new Address(LOOPBACK, port);
        }
    }

    private Ports() {}

    /**
     * Decides them all.
     *
     * @param environment of this process; a variable with port 0 asks for a free one
     * @param anyFree whether those that no variable sets are to be free ones
     * @throws DemoException if a variable holds no address
     */
    public static Ports of(Map<String, String> environment, boolean anyFree) throws DemoException {
        Ports ports = new Ports();
        for (Use use : Use.values()) {
            String text = environment.getOrDefault(use.variable, "");
            ports.addresses.put(
                    use,
                    text.isEmpty()
                            ? anyFree ? new Address(LOOPBACK, 0) : use.usual()
                            : Address.parse(text)
                                    .orElseThrow(
                                            () -> new DemoException(use.variable + "=" + text + ": " + Address.FIX)));
        }
        ports.chooseFreeOnes();
        return ports;
    }

    Address address(Use use) {
        return addresses.get(use);
    }

    /** A line for each port that somebody else has, with what to do. */
    List<String> taken() {
        List<String> lines = new ArrayList<>();
        addresses.forEach((use, address) -> {
            if (!free(address.port())) {
                lines.add("port " + address.port() + " (" + use.what + ") is in use; end what listens there, or set "
                        + use.variable + " to another");
            }
        });
        return lines;
    }

    /** Holds all of them until the last is chosen, so that none is given twice. */
    private void chooseFreeOnes() throws DemoException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (Map.Entry<Use, Address> entry : addresses.entrySet()) {
                if (entry.getValue().port() == 0) {
                    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    held.add(socket);
                    entry.setValue(new Address(entry.getValue().host(), socket.getLocalPort()));
                }
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
        } catch (IOException e) {
            throw new DemoException("found no free port: " + e.getMessage(), e);
        }
    }

    private static boolean free(int number) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
