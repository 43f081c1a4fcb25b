package io.fluxrig.bench.peer;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells how much heap a peer's threads have ever allocated, in the words of the rack's {@code /metrics}, so that both are read
 * the same way:
 *
 * <pre>
 * fluxrig_jvm_allocated_bytes_total{threads="event_loops"} 0
 * fluxrig_jvm_allocated_bytes_total{threads="others"} 123456789
 * </pre>
 *
 * <p>Threads that have ended are left out; a peer's live as long as it does.
 */
final class AllocationPage {
    private static final String METRIC = "fluxrig_jvm_allocated_bytes_total{threads=\"%s\"} %d\n";
    private static final int OK = 200;

    private AllocationPage() {}

    /** Serves it on loopback until the process ends; 0 for not at all. */
    static void serve(int port) throws IOException {
        if (port == 0) {
            return;
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/metrics", exchange -> {
            byte[] page = page().getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(OK, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
    }

    private static String page() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] allocated = threads.getThreadAllocatedBytes(threads.getAllThreadIds());
        long sum = Arrays.stream(allocated).filter(bytes -> bytes > 0).sum();
        return METRIC.formatted("event_loops", 0) + METRIC.formatted("others", sum);
    }
}
