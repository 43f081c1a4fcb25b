package io.fluxrig.bench.rack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * A rack's metrics at one moment, read from its {@code /metrics} (Prometheus text).
 *
 * @param samples one for each line, histograms' buckets included
 */
public record RackFigures(List<Sample> samples) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /**
     * One line.
     *
     * @param name without labels
     * @param labels as they stand between the braces, empty for none
     */
    public record Sample(String name, String labels, double value) {}

    public RackFigures {
        samples = List.copyOf(samples);
    }

    /** Asks the rack whose HTTP window is there. */
    public static RackFigures of(int apiPort) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + apiPort + "/metrics");
        return parse(HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    /** Of such a text. */
    public static RackFigures parse(String text) {
        List<Sample> samples = new ArrayList<>();
        for (String line : text.lines().toList()) {
            int space = line.lastIndexOf(' ');
            if (space < 0 || line.charAt(0) == '#') {
                continue;
            }
            int brace = line.indexOf('{');
            String name = line.substring(0, brace < 0 ? space : brace);
            String labels = brace < 0 ? "" : line.substring(brace + 1, line.lastIndexOf('}'));
            samples.add(new Sample(name, labels, Double.parseDouble(line.substring(space + 1))));
        }
        return new RackFigures(samples);
    }

    /** The series of that name added up; NaN if there is none. */
    public double sum(String name) {
        return sum(name, "");
    }

    /**
     * The series of that name added up whose labels hold that text; NaN if there is none.
     *
     * @param label such as {@code reason="timeout"}
     */
    public double sum(String name, String label) {
        return samples.stream()
                .filter(sample -> sample.name.equals(name) && sample.labels.contains(label))
                .mapToDouble(Sample::value)
                .reduce(Double::sum)
                .orElse(Double.NaN);
    }
}
