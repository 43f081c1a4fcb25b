package io.fluxrig.bench.scale;

import io.fluxrig.bench.scale.Case.Setup;
import io.fluxrig.bench.scale.Case.Traffic;
import io.fluxrig.load.mix.Mix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The axes and what makes each of their comparisons fair.
 *
 * <p>Two racks at the same rate, or with the same number of messages in flight, find about the same number of messages at
 * each wake of their event loops, and batches are what decides the cost of a transaction; so one of the two is held.
 *
 * <pre>
 *   connections   10,000 transactions a second, evenly spaced: far below saturation, each message arrives alone in its own
 *                 read. A closed loop would have a thousand times more in flight on 10,000 connections than on 10.
 *   tickets       96 messages of the measured traffic in flight, on 12 connections; the rest were sent to a host that never
 *                 answers, before. No outcome is kept for retransmissions, or the base case would hold 65,536 tickets too.
 *   ranges        32 connections with 8 in flight each; card numbers fall evenly on all ranges of the table, so that
 *                 the large one is searched all over; owners and their shares are the same.
 *   fields        the same; the message is longer, and so are reads.
 *   strips        the same; load and issuers have the same cores as the rack.
 * </pre>
 */
final class Axes {
    private static final double TARGET = 1.25;
    private static final double RANGES_TARGET = 1.1;
    private static final int RANGES = 10;
    private static final int SLOW_RATE = 10_000;
    private static final int CONNECTIONS = 32;
    private static final int IN_FLIGHT = 8;
    private static final Setup USUAL = new Setup(1, RANGES, 0, true);

    private Axes() {}

    /**
     * All axes, in the order of the report.
     *
     * @param cores of the machine: strips are tried up to that many, two at least
     */
    static List<Axis> all(int cores) {
        return List.of(connections(), tickets(), ranges(), fields(), strips(cores));
    }

    /** The axes of those names, in their usual order. */
    static List<Axis> named(List<String> names, int cores) {
        List<Axis> all = all(cores);
        List<String> known = all.stream().map(Axis::name).collect(Collectors.toList());
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("axis " + name + " is not known; known are " + known);
            }
        }
        return names.isEmpty()
                ? all
                : all.stream().filter(axis -> names.contains(axis.name())).toList();
    }

    private static Axis connections() {
        return new Axis(
                "connections",
                "connections",
                "10,000 transactions/s evenly spaced, one message in a read",
                TARGET,
                connected(10),
                List.of(connected(100), connected(1_000), connected(10_000)));
    }

    private static Case connected(int connections) {
        return new Case(connections, USUAL, new Traffic(Mixes.spread(), connections, IN_FLIGHT, SLOW_RATE));
    }

    private static Axis tickets() {
        return new Axis(
                "tickets",
                "open tickets",
                "96 of them are measured traffic, the others stay open; no outcome is kept",
                TARGET,
                holding(100),
                List.of(holding(1_000), holding(10_000), holding(100_000), holding(1_000_000)));
    }

    private static Case holding(int tickets) {
        Traffic traffic = new Traffic(Mixes.spread(), 12, IN_FLIGHT, 0);
        return new Case(tickets, new Setup(1, RANGES, tickets == 100 ? 0 : tickets, false), traffic);
    }

    private static Axis ranges() {
        List<Case> cases = new ArrayList<>();
        for (int ranges = 100; ranges <= 1_000_000; ranges *= 10) {
            cases.add(searching(ranges));
        }
        return new Axis(
                "ranges",
                "BIN ranges",
                "256 messages in flight on 32 connections",
                RANGES_TARGET,
                searching(10),
                cases);
    }

    private static Case searching(int ranges) {
        return new Case(ranges, new Setup(1, ranges, 0, true), closedLoop(Mixes.spread()));
    }

    private static Axis fields() {
        int[] counts = Mixes.fieldCounts();
        return new Axis(
                "fields",
                "fields a message",
                "256 messages in flight on 32 connections",
                Double.NaN,
                filled(counts[0]),
                Arrays.stream(counts).skip(1).mapToObj(Axes::filled).toList());
    }

    private static Case filled(int fields) {
        return new Case(fields, USUAL, closedLoop(Mixes.withFields(fields)));
    }

    private static Axis strips(int cores) {
        return new Axis(
                "strips",
                "strips",
                "256 messages in flight on 32 connections, " + cores + " cores for rack, load and issuers",
                Double.NaN,
                striped(1),
                IntStream.iterate(2, strips -> strips <= Math.max(2, cores), strips -> strips * 2)
                        .mapToObj(Axes::striped)
                        .toList());
    }

    private static Case striped(int strips) {
        return new Case(strips, new Setup(strips, RANGES, 0, true), closedLoop(Mixes.spread()));
    }

    private static Traffic closedLoop(Mix mix) {
        return new Traffic(mix, CONNECTIONS, IN_FLIGHT, 0);
    }
}
