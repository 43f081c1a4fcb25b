package io.fluxrig.bench.rack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The text of the payment switch with some of its values changed. A value that is not there any more is told at once, so that no
 * benchmark runs something else than it says.
 */
public final class PaymentSwitch {
    private static final Path ORIGINAL = Path.of("config/scenarios/payment-switch.yaml");

    private final String text;

    private PaymentSwitch(String text) {
        this.text = text;
    }

    /**
     * Where the switch finds its hosts, all on loopback: the variables of its scenario.
     *
     * @param silent port of the host that never answers
     */
    public static Map<String, String> hosts(int schemeA, int schemeB, int silent) {
        return Map.of(
                "SCHEME_A_ADDRESS", "127.0.0.1:" + schemeA,
                "SCHEME_B_ADDRESS", "127.0.0.1:" + schemeB,
                "SILENT_ADDRESS", "127.0.0.1:" + silent);
    }

    /** As it stands, but for its specs and table, which are named in full: it may be written anywhere. */
    public static PaymentSwitch original() throws IOException {
        return of(Files.readString(ORIGINAL));
    }

    /** The same of a text at hand. */
    public static PaymentSwitch of(String text) {
        Path folder = ORIGINAL.toAbsolutePath().getParent();
        return new PaymentSwitch(text)
                .with("../specs/", folder.resolveSibling("specs") + "/")
                .with("table: bin-ranges.csv", "table: " + folder.resolve("bin-ranges.csv"));
    }

    /** Another table of BIN ranges. */
    public PaymentSwitch table(Path file) {
        Path usual = ORIGINAL.toAbsolutePath().resolveSibling("bin-ranges.csv");
        return with("table: " + usual, "table: " + file.toAbsolutePath());
    }

    /**
     * The reference number joins the key: each load numbers its terminals and messages from 1 again, while the rack still keeps
     * the outcomes of the load before for retransmissions.
     */
    public PaymentSwitch referenceInKey() {
        return with("stan, terminal.id ]", "stan, terminal.id, rrn ]");
    }

    /** Every place that says {@code what} says {@code by}. */
    public PaymentSwitch with(String what, String by) {
        if (!text.contains(what)) {
            throw new IllegalStateException(ORIGINAL + " has no '" + what + "' any more; mend the benchmark");
        }
        return new PaymentSwitch(text.replace(what, by));
    }

    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }

    @Override
    public String toString() {
        return text;
    }
}
