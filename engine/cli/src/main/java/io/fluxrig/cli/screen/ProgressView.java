package io.fluxrig.cli.screen;

import io.fluxrig.cli.console.Console;
import io.fluxrig.cli.console.Terminal;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Where a command's progress goes: a board drawn in place, a line now and then, or nowhere. */
public interface ProgressView extends AutoCloseable {

    /** Either may be null. Called a few times a second, on one thread. */
    void show(LoadFigures load, RackFigures rack);

    @Override
    default void close() {}

    static ProgressView silent() {
        return (load, rack) -> {};
    }

    static ProgressView forPeople(Console console, String title) {
        return forPeople(console, rack -> title);
    }

    /** @param title made of what the rack says now, null for nothing */
    static ProgressView forPeople(Console console, Function<RackFigures, String> title) {
        return console.terminal().live() ? new Board(console, title) : new Lines(console.out());
    }

    /** Drawn in place; asks the terminal's size about every second, so that it follows a resize. */
    final class Board implements ProgressView {
        private static final long ASK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(900);

        private final Terminal terminal;
        private final Function<RackFigures, String> title;
        private final LiveBoard board;
        private final Pulse pulse = new Pulse();
        private Terminal.Size size;
        private long askedNs;

        Board(Console console, Function<RackFigures, String> title) {
            this.terminal = console.terminal();
            this.title = title;
            this.board = new LiveBoard(console.out());
        }

        @Override
        public void show(LoadFigures load, RackFigures rack) {
            long nowNs = System.nanoTime();
            if (size == null || nowNs - askedNs >= ASK_EVERY_NS) {
                size = terminal.size();
                askedNs = nowNs;
            }
            Layout layout = new Layout(terminal.color(), size.columns());
            // the cursor stands on a line of its own below
            List<String> lines = layout.lines(title.apply(rack), load, rack, pulse.pace(rack));
            board.draw(Layout.fit(lines, size.rows() - 1), size.columns());
        }

        @Override
        public void close() {
            board.close();
        }
    }

    /** One line every five seconds. */
    final class Lines implements ProgressView {
        private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(5);

        private final PrintStream out;
        private final Pulse pulse = new Pulse();
        private long nextNs;
        private boolean silent;

        Lines(PrintStream out) {
            this.out = out;
        }

        @Override
        public void show(LoadFigures load, RackFigures rack) {
            if (load != null && load.elapsedNs() >= Math.max(nextNs, EVERY_NS)) {
                nextNs = load.elapsedNs() + EVERY_NS - load.elapsedNs() % EVERY_NS;
                out.println(PlainLine.of(load));
            } else if (load == null && rack != null) {
                show(rack);
            }
        }

        private void show(RackFigures rack) {
            Pace pace = pulse.pace(rack);
            if (!rack.answering()) {
                if (!silent) {
                    out.println(rack.name() + ": " + rack.state());
                }
                silent = true;
                return;
            }
            boolean due = silent || rack.uptimeNs() >= nextNs || rack.uptimeNs() < nextNs - EVERY_NS;
            silent = false;
            if (due) {
                nextNs = rack.uptimeNs() + EVERY_NS;
                out.println(PlainLine.of(rack, pace));
            }
        }
    }
}
