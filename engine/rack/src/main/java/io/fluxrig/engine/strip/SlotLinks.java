package io.fluxrig.engine.strip;

import io.fluxrig.engine.gear.LinkReport;
import io.fluxrig.engine.link.LinkTable;

/**
 * What one copy of a gear reports of its links. Two copies may report for one place in the table while one succeeds the other: only
 * the one in front is seen, and its figure replaces the other's in one write, so that no strip sees links down in between.
 *
 * <pre>
 *   in front ---- overtaken ---> unseen, the successor writes
 *       '-------- withdraw ----> unseen, nobody writes: 0
 * </pre>
 *
 * <p>Strip thread only.
 */
final class SlotLinks implements LinkReport {
    private final LinkTable table;
    private final int gear;
    private final int strip;
    private LinkReport seen;
    private boolean begun;
    private boolean inFront;
    private int up;
    private String trouble = "";

    /** @param inFront whether it is seen from the start */
    SlotLinks(LinkTable table, int gear, int strip, boolean inFront) {
        this.table = table;
        this.gear = gear;
        this.strip = strip;
        this.inFront = inFront;
    }

    /** The gear is going to report. */
    LinkReport begin() {
        begun = true;
        if (inFront && seen == null) {
            seen = table.report(gear, strip);
        }
        return this;
    }

    /** What this copy reports is seen from now on, what the other does is not. */
    void overtake(SlotLinks other) {
        inFront = true;
        other.inFront = false;
        if (begun) {
            seen = table.report(gear, strip);
            seen.up(up);
            other.seen = null;
        } else {
            other.withdraw();
        }
    }

    /** Nothing is seen any more, and no link of this place is up. */
    void withdraw() {
        inFront = false;
        if (seen != null) {
            seen.up(0);
            seen = null;
        }
    }

    /** Connections that are up behind this copy, seen or not. */
    int up() {
        return up;
    }

    /** Why there was no connection when this copy said so last; empty if it never did. */
    String trouble() {
        return trouble;
    }

    @Override
    public void trouble(String why) {
        trouble = why;
    }

    @Override
    public void up(int connections) {
        up = connections;
        if (seen != null) {
            seen.up(connections);
        }
    }

    @Override
    public int upOn(int other) {
        return table.up(gear, other);
    }
}
