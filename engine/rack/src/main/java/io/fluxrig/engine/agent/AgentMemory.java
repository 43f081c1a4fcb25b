package io.fluxrig.engine.agent;

import io.fluxrig.engine.passport.Cbor;
import io.fluxrig.engine.passport.OwnFile;
import io.fluxrig.engine.passport.PassportException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a rack remembers of its mixer from one start to the next.
 *
 * @param held the order that keeps its gears from running, {@code kill} or {@code drain}; {@code suspended}; empty if they may
 * @param scenario hash of the bundle that runs, or last ran well; empty for none
 * @param activation the last one dealt with, 0 for none
 * @param outcome what came of it
 * @param text what came of it, for people
 * @param mixerMs time of the mixer's last message that was believed
 */
record AgentMemory(String held, String scenario, long activation, String outcome, String text, long mixerMs) {
    static final AgentMemory NONE = new AgentMemory("", "", 0, "", "", 0);
    private static final int LENGTH_MAX = 64 << 10;

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
        return new AgentMemory(why, scenario, activation, outcome, text, mixerMs);
    }

    AgentMemory runs(String hash) {
        return new AgentMemory(held, hash, activation, outcome, text, mixerMs);
    }

    AgentMemory dealtWith(long which, String with, String how) {
        return new AgentMemory(held, scenario, which, with, how, mixerMs);
    }

    AgentMemory heard(long atMs) {
        return new AgentMemory(held, scenario, activation, outcome, text, atMs);
    }
}
