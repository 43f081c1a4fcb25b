package io.fluxrig.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The loopback ports that the demo listens on, each with the environment variable that moves it. */
public final class Ports {
    private Ports() {}

    /**
     * One port.
     *
     * @param use what it is for
     * @param variable sets it
     */
    public record Port(String use, String variable, int number) {}

    /** A line for each port that somebody else has. */
    public static List<String> taken(List<Port> ports) {
        List<String> lines = new ArrayList<>();
        for (Port port : ports) {
            if (!free(port.number())) {
                lines.add("port " + port.number() + " (" + port.use() + ") is in use; end what listens there, or set "
                        + port.variable() + " to another");
            }
        }
        return lines;
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
