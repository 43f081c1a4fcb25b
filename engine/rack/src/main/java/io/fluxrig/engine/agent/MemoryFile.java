package io.fluxrig.engine.agent;

import io.fluxrig.engine.passport.PassportException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a rack remembers, on its disk: a change is there when the call returns, unless the disk does not take it, which the log says; the
 * process goes by it all the same. The agent's thread only.
 */
final class MemoryFile {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryFile.class);

    private final Path file;
    private AgentMemory memory;

    /** @param memory as the file has it */
    MemoryFile(Path file, AgentMemory memory) {
        this.file = file;
        this.memory = memory;
    }

    AgentMemory now() {
        return memory;
    }

    void keep(AgentMemory now) {
        memory = now;
        try {
            now.write(file);
        } catch (PassportException unwritten) {
            LOG.error("{}; after a restart the rack does what it did before", unwritten.getMessage());
        }
    }

    /** The mixer was heard and obeyed; what is not later than this is not obeyed after a restart. */
    void heard(long epoch, long atMs) {
        boolean later = epoch > memory.epoch() || epoch == memory.epoch() && atMs > memory.mixerMs();
        if (later) { // what waited behind a change may be earlier than what was heard since
            keep(memory.heard(epoch, atMs));
        }
    }

    /** A mixer leads in that epoch: of an earlier one nothing is obeyed any more, after a restart too. */
    void led(long epoch) {
        if (epoch > memory.epoch()) {
            keep(memory.heard(epoch, 0));
        }
    }

    /** Keeps the gears from running, over restarts too. */
    void hold(String why) {
        if (!memory.held().equals(why)) {
            keep(memory.hold(why));
        }
    }

    /** The mixer suspended the rack, or has it be active; whether that is news. */
    boolean suspend(boolean now) {
        boolean news = memory.suspended() != now;
        if (news) {
            keep(memory.suspend(now));
        }
        return news;
    }
}
