package io.fluxrig.engine.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * How the process logs before {@link RackLog} starts: from warn up, to standard error, masked. Found by Logback through
 * {@link java.util.ServiceLoader}, so that not even the first line of a library goes out unmasked.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class QuietConsole extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        attach(context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static void attach(LoggerContext context) {
        RackLog.levels(context, Level.WARN).addAppender(RackLog.console(context, false));
    }
}
