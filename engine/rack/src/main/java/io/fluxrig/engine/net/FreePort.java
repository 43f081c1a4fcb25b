package io.fluxrig.engine.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port that is free now, for rehearsals, tests and benchmarks, which can do without a rack if somebody else takes it first.
 *
 * <p>It is one that no system gives to a client by itself (those begin at 32768 on Linux, at 49152 elsewhere): on a busy machine
 * somebody's connection would have it before the rack that it was found for. A process is given none twice.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_768;
    /** Processes begin apart. */
    private static final int APART = 7_891;

    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * APART % COUNT));

    private FreePort() {}

    /** A port of loopback that nobody listens on. Any thread. */
    public static int onLoopback() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "no port of loopback from " + FIRST + " to " + (FIRST + COUNT - 1) + " is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
