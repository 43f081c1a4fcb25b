package io.fluxrig.bench.scale;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A BIN table of any size for the same cards:
 *
 * <pre>
 *   400000000 - 499999999   scheme-a   half of the ranges, equally wide, without gaps
 *   500000000 - 599999999   scheme-b   as many
 *   620000000 - 629999999   silent     one more
 * </pre>
 *
 * so that a card number that is drawn at random falls on each range of its owner alike, and the owner never depends on the
 * size. Neighbours have different values (scheme-a, scheme-a-too, scheme-a, ...), which the switch's routes take for the same, so that
 * no two ranges can be made one.
 */
final class BinRanges {
    /** Behind the owner's name in every second range. */
    static final String ALSO = "-too";

    private static final long WIDTH = 100_000_000;
    private static final long SCHEME_A = 4 * WIDTH;
    private static final long SCHEME_B = 5 * WIDTH;

    private BinRanges() {}

    /**
     * Writes the table.
     *
     * @param ranges two million at most
     */
    static void write(Path file, int ranges) throws IOException {
        if (ranges < 2 || ranges > WIDTH / 50) {
            throw new IllegalArgumentException("ranges=" + ranges + " min=2 max=" + WIDTH / 50);
        }
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println("from,to,owner");
            half(out, SCHEME_A, ranges - ranges / 2, "scheme-a");
            half(out, SCHEME_B, ranges / 2, "scheme-b");
            out.println("620000000,629999999,silent");
            if (out.checkError()) {
                throw new IOException("cannot write " + file);
            }
        }
    }

    private static void half(PrintWriter out, long first, int ranges, String owner) {
        for (long i = 0; i < ranges; i++) {
            long from = first + WIDTH * i / ranges;
            long to = first + WIDTH * (i + 1) / ranges - 1;
            out.println(from + "," + to + "," + owner + (i % 2 == 0 ? "" : ALSO));
        }
    }
}
