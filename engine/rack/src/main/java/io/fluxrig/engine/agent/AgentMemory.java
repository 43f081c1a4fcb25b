package io.fluxrig.engine.agent;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.control.PlainText;
import io.fluxrig.engine.passport.Cbor;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a rack remembers of its mixer from one start to the next.
 *
 * @param held the order that keeps its gears from running, {@code kill} or {@code drain}; empty for none
 * @param scenario hash of the bundle that runs, or last ran well; empty for none
 * @param activation the last one dealt with, 0 for none
 * @param outcome what came of it
 * @param text what came of it, for people
 * @param mixerMs time of the mixer's last message that was believed
 * @param suspended whether the mixer suspended it, which keeps its gears from running too; null is no
 * @param epoch the highest in which a mixer led that was believed; null is 0
 * @param attempt of an activation that has not come to an end yet, or was cut short by the end of a process; null for none
 * @param start of what ran before, the same
 */
record AgentMemory(
        String held,
        String scenario,
        long activation,
        String outcome,
        String text,
        long mixerMs,
        Boolean suspended,
        Long epoch,
        Attempt attempt,
        Attempt start) {
    static final AgentMemory NONE = new AgentMemory("", "", 0, "", "", 0, false, 0L, null, null);
    /** What holds the gears of a rack that the mixer suspended, in words. */
    static final String SUSPENDED = "suspended";

    private static final int LENGTH_MAX = 64 << 10;

    AgentMemory {
        // files of before had one word for both, and no flag
        boolean before = SUSPENDED.equals(held);
        held = before ? "" : held;
        suspended = before || Boolean.TRUE.equals(suspended);
        epoch = epoch == null ? Long.valueOf(0) : epoch;
    }

    /** Where a rack keeps it. */
    static Path file(Path data) {
        return data.resolve("agent.cbor");
    }

    static AgentMemory read(Path file) throws PassportException {
        byte[] bytes = OwnFile.read(file);
        if (bytes == null) {
            return NONE;
        }
        try {
            return Cbor.read(bytes, AgentMemory.class, LENGTH_MAX);
        } catch (IOException malformed) {
            throw new PassportException(file + " is damaged (" + malformed.getMessage()
                    + "); remove it: the mixer sends the" + " scenario again");
        }
    }

    void write(Path file) throws PassportException {
        OwnFile.write(file, Cbor.write(this));
    }

    AgentMemory hold(String why) {
        return new AgentMemory(why, scenario, activation, outcome, text, mixerMs, suspended, epoch, attempt, start);
    }

    AgentMemory suspend(boolean now) {
        return new AgentMemory(held, scenario, activation, outcome, text, mixerMs, now, epoch, attempt, start);
    }

    /** Why the gears may not run; empty if they may. */
    String heldBy() {
        return suspended ? SUSPENDED : held;
    }

    AgentMemory runs(String hash) {
        return new AgentMemory(held, hash, activation, outcome, text, mixerMs, suspended, epoch, attempt, start);
    }

    /** @param how cut to what a heartbeat has of it: the file stays one that can be read */
    AgentMemory dealtWith(long which, String with, String how) {
        String told = PlainText.of(how, Heartbeat.TEXT_MAX);
        return new AgentMemory(held, scenario, which, with, told, mixerMs, suspended, epoch, attempt, start);
    }

    AgentMemory heard(long inEpoch, long atMs) {
        return new AgentMemory(held, scenario, activation, outcome, text, atMs, suspended, inEpoch, attempt, start);
    }

    AgentMemory tries(Attempt what) {
        return new AgentMemory(held, scenario, activation, outcome, text, mixerMs, suspended, epoch, what, start);
    }

    AgentMemory starts(Attempt what) {
        return new AgentMemory(held, scenario, activation, outcome, text, mixerMs, suspended, epoch, attempt, what);
    }

    /**
     * What of it counts at a start: a rack that waits to be let in is a new one, as one with a new key, whatever ran in its folder; and
     * epochs are a mixer's own, of one that this rack was taken from they say nothing about the next.
     */
    AgentMemory of(boolean admitted, boolean obeys) {
        AgentMemory own = admitted ? this : forgetsWork();
        return obeys ? own : own.heard(0, 0);
    }

    /** Of a rack that was removed: nothing is to run any more, and a registry from before may send again what it had. */
    AgentMemory forgetsWork() {
        return new AgentMemory(held, "", 0, "", "", mixerMs, suspended, epoch, null, null);
    }
}
