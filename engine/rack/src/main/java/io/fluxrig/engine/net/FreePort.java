package io.fluxrig.engine.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port that is free now, for rehearsals, tests and benchmarks, which can do without a rack if somebody else takes it first. */
public final class FreePort {

    private FreePort() {}

    /** A port of loopback that nobody listens on. Any thread. */
    public static int onLoopback() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException noneLeft) {
            throw new UncheckedIOException("no port of loopback is free", noneLeft);
        }
    }
}
