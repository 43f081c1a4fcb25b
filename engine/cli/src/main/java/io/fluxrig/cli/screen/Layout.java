package io.fluxrig.cli.screen;

import static io.fluxrig.cli.screen.Columns.cut;
import static io.fluxrig.cli.screen.Columns.fill;
import static io.fluxrig.cli.screen.Columns.pad;

import io.fluxrig.cli.console.Wrapped;
import io.fluxrig.load.Counts;
import io.fluxrig.load.Percentiles;
import io.fluxrig.load.Progress;
import io.fluxrig.load.report.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Turns figures into lines no longer than the terminal is wide. */
public final class Layout {
    private static final int NARROW = 72;
    /** Less of a title than this says nothing. */
    private static final int TITLE_MIN = 12;
    /** Of destinations that are down, named in one line. */
    private static final int NAMED_MAX = 6;

    private final Paint paint;
    private final int width;

    public Layout(boolean color, int width) {
        this.paint = new Paint(color);
        this.width = Math.max(20, width - 1);
    }

    /**
     * The whole view.
     *
     * @param load null to show only the rack
     * @param rack null if it says nothing
     * @param pace of the rack lately
     */
    public List<String> lines(String title, LoadFigures load, RackFigures rack, Pace pace) {
        List<String> lines = new ArrayList<>();
        lines.add(spread(title, load == null ? rackClock(rack) : clock(load)));
        down(lines, rack);
        troubles(lines, rack);
        if (load != null) {
            figures(lines, load.tps(), load.total(), measured(load));
            counts(lines, load.counts());
        } else if (rack != null && rack.hasSwitch()) {
            figures(lines, pace.tps(), rack.latency(), "since start");
            rackCounts(lines, rack);
        } else if (rack != null) {
            lines.add("  no switch here: requests are counted where their switch is");
        }
        if (rack != null) {
            lines.add("");
            if (rack.destinations().isEmpty()) {
                gears(lines, rack, pace);
            } else {
                destinations(lines, rack);
            }
        }
        lines.replaceAll(this::clip);
        return lines;
    }

    /** Which destinations are down; stands where a blank line does while all are up, so that nothing jumps. */
    private void down(List<String> lines, RackFigures rack) {
        List<RackFigures.Destination> down = rack == null ? List.of() : rack.destinationsDown();
        if (down.isEmpty()) {
            lines.add("");
            return;
        }
        String which = down.stream()
                .limit(NAMED_MAX)
                .map(d -> d.gear() + "." + d.name() + " (" + d.because() + ")")
                .collect(Collectors.joining(", "));
        String more = down.size() <= NAMED_MAX ? "" : " and " + (down.size() - NAMED_MAX) + " more";
        alarm(lines, down.size() + " of " + rack.destinations().size() + " destinations down: " + which + more);
    }

    private void alarm(List<String> lines, String what) {
        Wrapped.lines("  " + what, width, 4).forEach(line -> lines.add(paint.bad(line)));
    }

    private void troubles(List<String> lines, RackFigures rack) {
        for (RackFigures.Trouble trouble : rack == null ? List.<RackFigures.Trouble>of() : rack.troubles()) {
            alarm(lines, trouble.what());
            if (!trouble.type().isEmpty()) {
                lines.addAll(Wrapped.lines("    " + trouble.type(), width, 6));
            }
        }
    }

    /** As many of the lines as there are rows for, the last of them saying how many are missing. */
    public static List<String> fit(List<String> lines, int rows) {
        int kept = Math.max(1, rows - 1);
        if (lines.size() <= kept + 1) {
            return lines;
        }
        List<String> fitting = new ArrayList<>(lines.subList(0, kept));
        fitting.add("  … " + Figures.counted(lines.size() - kept, "more line") + ": make the window higher");
        return fitting;
    }

    /** A line that is still too long loses its colours, then its end. */
    private String clip(String line) {
        return Columns.width(line) <= width ? line : cut(Columns.plain(line), width);
    }

    private String spread(String left, String right) {
        int gap = width - left.length() - right.length();
        if (gap < 2 && width - right.length() >= TITLE_MIN + 2) {
            // how it is going says more than the end of the title
            return spread(cut(left, width - right.length() - 2), right);
        }
        if (gap < 2) {
            return paint.bold(cut(left, width));
        }
        return paint.bold(left) + " ".repeat(gap) + paint.dim(right);
    }

    private static String clock(LoadFigures load) {
        long seconds = Math.round(load.elapsedNs() / 1e9);
        String of = " of " + Math.round(load.durationNs() / 1e9) + " s";
        return switch (load.phase()) {
            case CONNECTING -> "connecting";
            case WARMING_UP -> "warming up, " + seconds + of;
            case SENDING -> seconds + of;
            case AWAITING_ANSWERS ->
                load.counts().open() == 0
                        ? "watching for second answers"
                        : "waiting for " + Figures.counted(load.counts().open(), "answer");
            case DONE -> "done";
        };
    }

    /** Why there are no latencies, where there are none. */
    private static String measured(LoadFigures load) {
        boolean sending = load.phase() == Progress.Phase.SENDING || load.phase() == Progress.Phase.AWAITING_ANSWERS;
        if (load.phase() == Progress.Phase.WARMING_UP) {
            return "not measured yet";
        }
        return sending && load.total().count() == 0 ? "no answer measured yet" : "";
    }

    private static String rackClock(RackFigures rack) {
        if (rack == null) {
            return "";
        }
        return rack.answering() ? rack.state() + ", up " + span(rack.uptimeNs()) : rack.state();
    }

    /** {@code 42 s}, {@code 3 min 5 s}, {@code 2 h 10 min}, {@code 12 d 3 h}. */
    static String span(long ns) {
        long s = ns / 1_000_000_000L;
        if (s < 60) {
            return s + " s";
        }
        if (s < 3600) {
            return s / 60 + " min " + s % 60 + " s";
        }
        return s < 86_400 ? s / 3600 + " h " + s % 3600 / 60 + " min" : s / 86_400 + " d " + s % 86_400 / 3600 + " h";
    }

    private void figures(List<String> lines, double tps, Percentiles p, String since) {
        List<String> pieces = new ArrayList<>(List.of(
                paint.bold(pad(Figures.rate(tps), 9)) + " tps",
                latency("p50", p.count(), p.p50Ns()),
                latency("p99", p.count(), p.p99Ns()),
                latency("p99.9", p.count(), p.p999Ns()),
                latency("max", p.count(), p.maxNs())));
        if (!since.isEmpty()) {
            pieces.add(paint.dim(since));
        }
        lines.addAll(Columns.flow(pieces, List.of(13, 11, 11, 13, 11, since.length()), width));
    }

    private String latency(String name, long count, long ns) {
        String value = Figures.durationOrDash(count, ns);
        return paint.dim(name) + " " + paint.bold(value) + " ".repeat(Math.max(0, 7 - value.length()));
    }

    private void counts(List<String> lines, Counts c) {
        List<String> pieces = List.of(
                count("sent", c.sent()),
                count("approved", c.approved()),
                count("declined", c.declined()),
                count("timeouts", c.timeouts()),
                count("open", c.open()));
        lines.addAll(Columns.flow(pieces, List.of(13, 14, 14, 12, 8), width));
        String wrong = "cross-wired " + c.crossWired() + "   duplicates " + c.duplicates() + "   errors " + c.errors();
        boolean clean = c.crossWired() + c.duplicates() + c.errors() == 0;
        lines.add("  " + (clean ? paint.good(cut(wrong, width - 2)) : paint.bad(cut(wrong, width - 2))));
    }

    private void rackCounts(List<String> lines, RackFigures r) {
        List<String> pieces = new ArrayList<>(List.of(
                count("requests", r.requests()),
                count("approved", r.approved()),
                count("declined", r.declined()),
                count("open", r.open())));
        r.errors().forEach((reason, number) -> {
            if (number > 0) {
                pieces.add(count(reason.replace('_', ' '), number));
            }
        });
        lines.addAll(Columns.flow(pieces, pieces.stream().map(piece -> 14).toList(), width));
    }

    private String count(String name, long value) {
        return paint.dim(name) + " " + Figures.count(value);
    }

    private void destinations(List<String> lines, RackFigures rack) {
        boolean wide = width >= NARROW;
        int name = rack.destinations().stream()
                .mapToInt(d -> d.name().length())
                .max()
                .orElse(0);
        name = Math.min(Math.max(11, name), Math.max(8, width - 34));
        String head = "  " + fill("destination", name) + "  " + fill("link", 6) + pad("in flight", 10) + "  "
                + fill("breaker", 9);
        lines.add(paint.dim(cut(wide ? head + pad("sent", 12) + pad("unanswered", 12) + pad("late", 8) : head, width)));
        for (RackFigures.Destination d : rack.destinations()) {
            lines.add(destination(d, name, wide));
        }
    }

    private String destination(RackFigures.Destination d, int name, boolean wide) {
        boolean linked = d.links() > 0;
        String link = fill(linked ? "up " + d.links() : "down", 6);
        String breaker = fill(PlainLine.breaker(d), 9);
        return "  " + fill(cut(d.name(), name), name) + "  " + (linked ? paint.good(link) : paint.bad(link))
                + pad(Figures.count(d.inFlight()), 10) + "  "
                + (d.breaker().equals("closed") ? paint.good(breaker) : paint.warn(breaker))
                + (wide
                        ? pad(Figures.count(d.requests()), 12)
                                + pad(Figures.count(d.timeouts()), 12)
                                + pad(Figures.count(d.late()), 8)
                        : "");
    }

    private void gears(List<String> lines, RackFigures rack, Pace pace) {
        int name = rack.gears().stream().mapToInt(g -> g.name().length()).max().orElse(4);
        name = Math.min(Math.max(4, name), Math.max(8, width - 55));
        lines.add(paint.dim(cut(
                "  " + fill("gear", name) + "  " + fill("state", 10) + pad("conns", 6) + pad("messages", 12)
                        + pad("a second", 12),
                width)));
        for (RackFigures.GearLine g : rack.gears()) {
            String state = fill(g.state(), 10);
            lines.add("  " + fill(cut(g.name(), name), name) + "  "
                    + (g.state().equals("failing") ? paint.bad(state) : paint.good(state))
                    + pad(g.connections() < 0 ? "" : Figures.count(g.connections()), 6)
                    + pad(Figures.count(g.messages()), 12)
                    + pad(rate(pace, g), 12));
        }
    }

    private static String rate(Pace pace, RackFigures.GearLine gear) {
        Double rate = pace.messages().get(gear.name());
        return rate == null ? "" : Figures.rate(rate);
    }
}
