package io.fluxrig.engine.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Hands events to one writer thread through a bounded queue. Who logs never waits: a line that does not fit is dropped and
 * counted, and the log says so once there is room again.
 */
final class QueueAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final long STOP_WAIT_MS = 2_000;
    private static final long POLL_MS = 200;
    private static final long CHECK_MS = 1_000;

    private final ArrayBlockingQueue<ILoggingEvent> queue;
    private final List<Appender<ILoggingEvent>> targets;
    private final List<KeptFileAppender> files;
    private final LongAdder dropped = new LongAdder();
    private final AcceptTrouble acceptTrouble = new AcceptTrouble();
    private final Thread writer;
    private volatile boolean stopping;
    private long droppedTold;
    private long checkedMs;
    private long troubleToldMs;

    QueueAppender(int queueLines, List<Appender<ILoggingEvent>> targets) {
        this.queue = new ArrayBlockingQueue<>(queueLines);
        this.targets = List.copyOf(targets);
        this.files = targets.stream()
                .filter(KeptFileAppender.class::isInstance)
                .map(KeptFileAppender.class::cast)
                .toList();
        this.writer = new Thread(this::write, "fluxrig-log");
        this.writer.setDaemon(true);
    }

    /** Lines that found the queue full since the start. Any thread. */
    long dropped() {
        return dropped.sum();
    }

    /** How often a file among the targets was found moved or removed. Any thread. */
    long fileLost() {
        return files.stream().mapToLong(KeptFileAppender::lost).sum();
    }

    @Override
    public void start() {
        super.start();
        writer.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        if (stopping || !queue.offer(event)) {
            dropped.increment();
        }
    }

    /** Writes what is queued, then closes the targets; gives up after two seconds. */
    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        stopping = true;
        try {
            writer.join(STOP_WAIT_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        targets.forEach(Appender::stop);
    }

    private void write() {
        while (true) {
            ILoggingEvent event = next();
            checkFiles();
            if (event != null) {
                write(acceptTrouble.of(event));
                tellOfDrops();
            } else if (stopping) {
                return;
            }
        }
    }

    /** Once in a while; each kind of trouble is told once a minute. */
    private void checkFiles() {
        long now = System.currentTimeMillis();
        if (now - checkedMs < CHECK_MS) {
            return;
        }
        checkedMs = now;
        for (KeptFileAppender file : files) {
            String trouble = file.check();
            if (trouble != null && now - troubleToldMs >= AcceptTrouble.EACH_MS) {
                troubleToldMs = now;
                tell(trouble);
            }
        }
    }

    private void write(ILoggingEvent event) {
        if (event != null) {
            targets.forEach(target -> target.doAppend(event));
        }
    }

    private ILoggingEvent next() {
        try {
            return queue.poll(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            stopping = true;
            return queue.poll();
        }
    }

    private void tellOfDrops() {
        long now = dropped.sum();
        if (now == droppedTold || !queue.isEmpty()) {
            return;
        }
        tell((now - droppedTold) + " log lines were dropped, the queue was full");
        droppedTold = now;
    }

    private void tell(String words) {
        write(new LoggingEvent(
                QueueAppender.class.getName(),
                ((LoggerContext) getContext()).getLogger(QueueAppender.class),
                Level.WARN,
                words,
                null,
                null));
    }
}
