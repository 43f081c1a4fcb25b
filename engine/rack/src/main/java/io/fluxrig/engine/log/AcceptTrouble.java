package io.fluxrig.engine.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * Says in words, once a minute, what Netty says of a listener of a library's (the HTTP window's) each second while the process
 * has no descriptor left: that an exception reached the end of a pipeline. The writer's thread only.
 */
final class AcceptTrouble {
    static final long EACH_MS = 60_000;

    private static final String NETTY = "io.netty.channel.DefaultChannelPipeline";
    private static final String NO_DESCRIPTOR = "too many open files";

    private boolean told;
    private long toldMs;
    private long since;

    /** The event itself if it is anything else; what to write instead, or null for nothing. */
    ILoggingEvent of(ILoggingEvent event) {
        if (!event.getLoggerName().equals(NETTY) || !isShortage(event.getThrowableProxy())) {
            return event;
        }
        if (told && event.getTimeStamp() - toldMs < EACH_MS) {
            since++;
            return null;
        }
        String times = since == 0 ? "" : " (" + since + " times since this was said last)";
        told = true;
        toldMs = event.getTimeStamp();
        since = 0;
        LoggingEvent words = new LoggingEvent(
                AcceptTrouble.class.getName(),
                logger(event),
                Level.WARN,
                "accepting on the address of telemetry.bind fails: " + NO_DESCRIPTOR + ": raise ulimit -n; trying on"
                        + times,
                null,
                null);
        words.setInstant(event.getInstant());
        return words;
    }

    private static Logger logger(ILoggingEvent event) {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(event.getLoggerName());
    }

    private static boolean isShortage(IThrowableProxy thrown) {
        return thrown != null
                && thrown.getMessage() != null
                && thrown.getMessage().toLowerCase(Locale.ROOT).contains(NO_DESCRIPTOR);
    }
}
