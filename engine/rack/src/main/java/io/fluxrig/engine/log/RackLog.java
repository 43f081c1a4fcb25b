package io.fluxrig.engine.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.rolling.helper.FileNamePattern;
import ch.qos.logback.core.rolling.helper.RollingCalendar;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * The process's logging. {@link #start} replaces whatever was configured before; {@link #close} writes what is queued.
 *
 * <p>fluxrig and gears log at the level asked for, libraries at info at the lowest: what they print at debug (bytes of
 * buffers) no masker could read.
 */
public final class RackLog implements AutoCloseable {
    /** Prefix of the gears' logger names. */
    public static final String GEAR_PREFIX = "gear.";

    /** Before the marker: whoever asks for that first has logging set up by {@link QuietConsole}, which needs these. */
    private static final String[] OWN_LOGGERS = {"io.fluxrig", "gear"};

    /** Marks what the caller tells people itself, so that it does not stand on the console twice. */
    public static final Marker FILE_ONLY = MarkerFactory.getMarker("FILE_ONLY");

    private static final String ROTATED = ".%d{yyyy-MM-dd}.%i.log.gz";

    private final LoggerContext context;
    private final QueueAppender queue;
    private final LogOptions options;
    private final Object levelling = new Object();
    /** What an operator ordered, empty for nothing; guarded by {@link #levelling}. */
    private String ordered = "";
    /** What the scenario that runs says, empty for nothing; guarded by {@link #levelling}. */
    private String ofScenario = "";

    private RackLog(LoggerContext context, QueueAppender queue, LogOptions options) {
        this.context = context;
        this.queue = queue;
        this.options = options;
    }

    /**
     * Configures logging for the whole process.
     *
     * @throws IOException if the log file's folder cannot be made or the file not written
     */
    public static RackLog start(LogOptions options) throws IOException {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        List<Appender<ILoggingEvent>> targets = new ArrayList<>();
        if (!options.console().equals("off")) {
            targets.add(console(context, options.console().equals("json")));
        }
        if (options.file() != null) {
            targets.add(file(context, options));
        }
        QueueAppender queue = new QueueAppender(options.queueLines(), targets);
        queue.setContext(context);
        queue.start();
        levels(context, Level.toLevel(options.level(), Level.INFO)).addAppender(queue);
        return new RackLog(context, queue, options);
    }

    /**
     * Has the classes loaded that name a rotated file: calendars and their locales, which take a start a tenth of a second.
     * Any thread; nothing is written.
     */
    public static void prepareRotation() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        FileNamePattern name = new FileNamePattern("log" + ROTATED, context);
        String date = name.getPrimaryDateTokenConverter().getDatePattern();
        if (name.toRegexForFixedDate(Instant.EPOCH).isEmpty() || !new RollingCalendar(date).isCollisionFree()) {
            throw new IllegalStateException("log files of two days would have one name: " + ROTATED);
        }
    }

    /** The logger of a gear. */
    public static org.slf4j.Logger gear(String name) {
        return LoggerFactory.getLogger(GEAR_PREFIX + name);
    }

    /** Lines dropped because the queue was full. Any thread. */
    public long dropped() {
        return queue.dropped();
    }

    /** How often the log file was found moved or removed. Any thread. */
    public long fileLost() {
        return queue.fileLost();
    }

    /** Writes what is queued and closes the file; what is logged after this goes masked to the console, from warn up. */
    @Override
    public void close() {
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(queue);
        queue.stop();
        QuietConsole.attach(context);
    }

    /** Sets the least level that fluxrig and gears log at from now on, whoever else says otherwise: error, warn, info, debug or trace. Any thread. */
    public void level(String level) {
        synchronized (levelling) {
            ordered = level;
            apply();
        }
    }

    /**
     * The scenario that runs now says at which level; empty if it does not, and the node's own holds again. Changes nothing where the level
     * was given to this process alone, or ordered. Any thread.
     */
    public void scenarioLevel(String level) {
        synchronized (levelling) {
            ofScenario = level;
            apply();
        }
    }

    private void apply() {
        String own = options.pinned() || ofScenario.isEmpty() ? options.level() : ofScenario;
        levels(context, Level.toLevel(ordered.isEmpty() ? own : ordered, Level.INFO));
    }

    static Logger levels(LoggerContext context, Level level) {
        for (String own : OWN_LOGGERS) {
            context.getLogger(own).setLevel(level);
        }
        context.getLogger("net.openhft").setLevel(Level.WARN);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level.isGreaterOrEqual(Level.INFO) ? level : Level.INFO);
        return root;
    }

    static ConsoleAppender<ILoggingEvent> console(LoggerContext context, boolean json) {
        LineEncoder encoder = json ? LineEncoder.json() : LineEncoder.text();
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.addFilter(new ToldElsewhere());
        console.start();
        return console;
    }

    private static KeptFileAppender file(LoggerContext context, LogOptions options) throws IOException {
        Path file = options.file().toAbsolutePath();
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        // the appender would say no more than that it did not start
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                .close();
        LineEncoder encoder = LineEncoder.json();
        encoder.setContext(context);
        encoder.start();
        KeptFileAppender appender = new KeptFileAppender();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(stem(file) + ROTATED);
        policy.setMaxFileSize(new FileSize(options.fileBytes()));
        policy.setMaxHistory(options.fileDays());
        policy.setTotalSizeCap(new FileSize(options.totalBytes()));
        policy.start();
        appender.setRollingPolicy(policy);
        appender.start();
        if (!appender.isStarted()) {
            throw new IOException("log file " + file + " cannot be opened");
        }
        return appender;
    }

    /** Keeps what is marked {@link #FILE_ONLY} off the console. */
    private static final class ToldElsewhere extends Filter<ILoggingEvent> {
        @Override
        public FilterReply decide(ILoggingEvent event) {
            boolean marked =
                    event.getMarkerList() != null && event.getMarkerList().contains(FILE_ONLY);
            return marked ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }

    private static String stem(Path file) {
        String path = file.toString();
        return path.endsWith(".log") ? path.substring(0, path.length() - 4) : path;
    }
}
