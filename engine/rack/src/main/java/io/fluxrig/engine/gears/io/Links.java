package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.gear.LinkReport;
import java.util.ArrayList;

/** The connections that are up on this strip, in turn, and which other strips have some. Strip thread only. */
final class Links {
    private final LinkReport report;
    private final int strip;
    private final int strips;
    private final ArrayList<Connection> up = new ArrayList<>();
    private int turn;
    private int stripTurn;

    Links(LinkReport report, int strip, int strips) {
        this.report = report;
        this.strip = strip;
        this.strips = strips;
    }

    void add(Connection connection) {
        connection.place = up.size();
        up.add(connection);
        report.up(up.size());
    }

    /** Takes a connection out in constant time: the last one takes its place. */
    void remove(Connection connection) {
        int place = connection.place;
        if (place < 0 || place >= up.size() || up.get(place) != connection) {
            return;
        }
        Connection last = up.remove(up.size() - 1);
        if (last != connection) {
            up.set(place, last);
            last.place = place;
        }
        connection.place = -1;
        report.up(up.size());
    }

    int size() {
        return up.size();
    }

    /** The next connection of this strip in turn, null if there is none. */
    Connection next() {
        if (up.isEmpty()) {
            return null;
        }
        turn = turn + 1 < up.size() ? turn + 1 : 0;
        return up.get(turn);
    }

    /** The next other strip in turn that has a connection up, -1 if none has. */
    int nextStrip() {
        for (int i = 0; i < strips; i++) {
            stripTurn = stripTurn + 1 < strips ? stripTurn + 1 : 0;
            if (stripTurn != strip && report.upOn(stripTurn) > 0) {
                return stripTurn;
            }
        }
        return -1;
    }
}
