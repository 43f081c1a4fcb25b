package io.fluxrig.bench.start;

import io.fluxrig.engine.net.FreePort;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bin/bench start}: from the start of {@code bin/fluxrig run} with the payment switch to its first answers, its
 * issuers being up; each JDK with and without the class-data archive, in turn.
 */
@Command(
        name = "bench start",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Time from 'bin/fluxrig run' to the first answers, with and without the class-data archive.")
public final class StartBench implements Callable<Integer> {
    private static final Path FOLDER = Path.of("bench/target/start");
    private static final String ECHO = "0800822000000000000004000000000000001123104500000001301";
    private static final int DE_38_NIBBLE = 4 + 9;
    private static final int DE_38_BIT = 4;

    @Option(names = "--rounds", description = "how often each starts (${DEFAULT-VALUE})")
    int rounds = 5;

    @Option(names = "--java", split = ",", paramLabel = "HOME", description = "JDKs (this one)")
    List<Path> jdks = List.of(Path.of(System.getProperty("java.home")));

    private final Map<String, List<double[]>> results = new LinkedHashMap<>();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new StartBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        int schemeA = FreePort.onLoopback();
        int schemeB = FreePort.onLoopback();
        Map<String, String> environment = new HashMap<>();
        environment.put("SCHEME_A_ADDRESS", "127.0.0.1:" + schemeA);
        environment.put("SCHEME_B_ADDRESS", "127.0.0.1:" + schemeB);
        environment.put("SILENT_ADDRESS", "127.0.0.1:" + schemeB);
        environment.put("FLUXRIG_TELEMETRY_BIND", "127.0.0.1:0");
        try (Launch issuers = Launch.of("bench/scenarios/issuers.yaml", FOLDER.resolve("issuers"), environment)) {
            issuers.connect(schemeA).close();
            issuers.connect(schemeB).close();
            for (int round = 0; round <= rounds; round++) {
                for (Path jdk : jdks) {
                    for (String archive : List.of("1", "0")) {
                        environment.put("JAVA_HOME", jdk.toString());
                        environment.put("FLUXRIG_ARCHIVE", archive);
                        double[] times = measure(environment);
                        // The first round may find an archive to make.
                        if (round > 0) {
                            String name = jdk.getFileName() + (archive.equals("1") ? ", archive" : "");
                            results.computeIfAbsent(name, any -> new ArrayList<>())
                                    .add(times);
                        }
                    }
                }
            }
        }
        print();
        return 0;
    }

    /** Milliseconds until it listens, answers an echo, answers a purchase, has an issuer approve one. */
    private static double[] measure(Map<String, String> shared) throws IOException, InterruptedException {
        int port = FreePort.onLoopback();
        Map<String, String> environment = new HashMap<>(shared);
        environment.put("TERMINALS_BIND", "127.0.0.1:" + port);
        double[] times = new double[4];
        try (Launch rack = Launch.of("config/scenarios/payment-switch.yaml", FOLDER.resolve("rack"), environment);
                Socket terminal = rack.connect(port)) {
            terminal.setTcpNoDelay(true);
            times[0] = rack.elapsedMs();
            expect("0810", exchange(terminal, ECHO));
            times[1] = rack.elapsedMs();
            for (int stan = 1; times[3] == 0; stan++) {
                String answer = expect("0110", exchange(terminal, purchase(stan)));
                times[2] = stan == 1 ? rack.elapsedMs() : times[2];
                if ((Character.digit(answer.charAt(DE_38_NIBBLE), 16) & DE_38_BIT) != 0) {
                    times[3] = rack.elapsedMs();
                } else {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
        }
        return times;
    }

    private static String expect(String mti, String answer) throws IOException {
        if (!answer.startsWith(mti)) {
            throw new IOException("expected " + mti + ", got " + answer.substring(0, 4));
        }
        return answer;
    }

    private static String exchange(Socket terminal, String request) throws IOException {
        DataOutputStream out = new DataOutputStream(terminal.getOutputStream());
        byte[] frame = new byte[2 + request.length()];
        frame[0] = (byte) (request.length() >> 8);
        frame[1] = (byte) request.length();
        System.arraycopy(request.getBytes(StandardCharsets.US_ASCII), 0, frame, 2, request.length());
        out.write(frame);
        DataInputStream in = new DataInputStream(terminal.getInputStream());
        return new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.US_ASCII);
    }

    private void print() {
        System.out.printf("%-40s %12s %12s %12s %12s%n", "least/median, ms", "listens", "echo", "answer", "approved");
        results.forEach((name, rows) -> System.out.printf(
                "%-40s %12s %12s %12s %12s%n",
                name, figures(rows, 0), figures(rows, 1), figures(rows, 2), figures(rows, 3)));
    }

    private static String figures(List<double[]> rows, int column) {
        double[] sorted = rows.stream().mapToDouble(row -> row[column]).sorted().toArray();
        return String.format("%.0f/%.0f", sorted[0], sorted[sorted.length / 2]);
    }

    /** DE 2, 3, 4, 7, 11 (the STAN), 12, 13, 14, 18, 22, 25, 32, 37, 41, 42, 49. */
    private static String purchase(int stan) {
        return String.format(
                "0100723C448108C08000" + "164111111111111111" + "000000" + "000000001000"
                        + "1123104500" + "%1$06d" + "104500" + "1123" + "2912" + "5411" + "051" + "00" + "0800123456"
                        + "%1$012d"
                        + "TERM0001" + "MERCHANT0000001" + "978",
                stan);
    }
}
