package io.fluxrig.engine.agent;

import io.fluxrig.engine.log.RackLog;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a rack tells whoever started it, on its standard output and in its log file. The agent's thread only. */
final class OperatorLine {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final PrintStream out;
    private String told = "";

    OperatorLine(PrintStream out) {
        this.out = out;
    }

    /** Once for each change of what there is to say. */
    void say(String line) {
        if (!line.equals(told)) {
            told = line;
            LOG.info(RackLog.FILE_ONLY, "{}", line);
            out.println("fluxrig: " + line);
            out.flush();
        }
    }
}
