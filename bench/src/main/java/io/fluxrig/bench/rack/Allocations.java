package io.fluxrig.bench.rack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Heap that a rack has allocated since its start, from its {@code /metrics}.
 *
 * @param eventLoops bytes, by strips and the API
 * @param others bytes, by all other threads
 */
record Allocations(double eventLoops, double others) {
    /** What stands for a process without metrics. */
    static final Allocations UNKNOWN = new Allocations(Double.NaN, Double.NaN);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String METRIC = "fluxrig_jvm_allocated_bytes_total{threads=\"";

    static Allocations of(int apiPort) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + apiPort + "/metrics");
        String text = HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return new Allocations(value(text, "event_loops"), value(text, "others"));
    }

    private static double value(String text, String threads) {
        String start = METRIC + threads + "\"} ";
        return text.lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
                .findFirst()
                .orElse(Double.NaN);
    }
}
