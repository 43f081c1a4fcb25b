package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.gear.GearMetrics;
import io.fluxrig.engine.gear.MetricNames;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.iso.frame.FrameRefusal;
import io.fluxrig.perf.count.Counter;
import io.fluxrig.perf.count.Level;

/** The counters of one gear on one strip. Strip thread writes. */
final class IoMetrics {
    final Counter framesIn;
    final Counter framesOut;
    final Counter bytesIn;
    final Counter bytesOut;
    final Counter keepAlives;
    final Counter opened;
    final Counter connectFailures;
    final Counter readPauses;
    final Counter heldTooLong;
    final Counter strayReplies;
    final Counter lostLinks;
    /** Full beyond what a connection holds for other strips; a retransmission is told the outcome that the switch keeps. */
    final Counter tooMuch;

    final Counter lostBytes;
    final Counter overPending;
    final Level connections;
    private final Counter[] closed = new Counter[CloseReason.values().length];
    private final Counter[] refusedFrames = new Counter[FrameRefusal.COUNT + 1];
    private final Counter[] notTaken = new Counter[Outcome.COUNT];

    IoMetrics(GearMetrics metrics) {
        framesIn = metrics.counter("io_frames_in_total", "frames received");
        framesOut = metrics.counter("io_frames_out_total", "frames written");
        bytesIn = metrics.counter("io_bytes_in_total", "bytes received");
        bytesOut = metrics.counter("io_bytes_out_total", "bytes written");
        keepAlives = metrics.counter("io_keep_alives_total", "frames without a message");
        opened = metrics.counter("io_connections_opened_total", "connections that came up");
        connectFailures = metrics.counter("io_connect_failures_total", "attempts to connect that failed");
        readPauses = metrics.counter("io_read_pauses_total", "reads stopped because the strip was full");
        heldTooLong = dropped(metrics, "held_too_long");
        strayReplies = dropped(metrics, "connection_gone");
        lostLinks = dropped(metrics, "link_gone");
        tooMuch = dropped(metrics, "full");
        lostBytes = metrics.counter("io_bytes_unwritten_total", "bytes that a closing connection had not taken");
        overPending = metrics.counter(
                "io_frames_over_pending_max_total",
                "frames from another strip that found their connection full and wait beyond pending_max");
        connections = metrics.level(MetricNames.CONNECTIONS, "connections up");
        for (CloseReason reason : CloseReason.values()) {
            String name = reason.isPeersFault() ? MetricNames.CONNECTIONS_REFUSED : "connections_closed_total";
            closed[reason.ordinal()] = metrics.counter(name, "connections that ended", "reason", reason.label());
        }
        for (int code = -1; code >= -FrameRefusal.COUNT; code--) {
            refusedFrames[-code] = metrics.counter(
                    "io_frames_refused_total",
                    "bytes that are no frame, or messages that fit none",
                    "reason",
                    FrameRefusal.reason(code));
        }
        for (int outcome = -1; outcome > -Outcome.COUNT; outcome--) {
            notTaken[-outcome] = metrics.counter(
                    "io_frames_not_taken_total",
                    "received frames that the next gear did not take",
                    "outcome",
                    Outcome.name(outcome));
        }
    }

    Counter closed(CloseReason reason) {
        return closed[reason.ordinal()];
    }

    /** @param code a code of {@link FrameRefusal} */
    Counter refusedFrame(int code) {
        return refusedFrames[-code];
    }

    /** @param outcome a negative {@link Outcome} */
    Counter notTaken(int outcome) {
        return notTaken[Math.min(-outcome, notTaken.length - 1)];
    }

    private static Counter dropped(GearMetrics metrics, String reason) {
        return metrics.counter("io_frames_dropped_total", "frames dropped", "reason", reason);
    }
}
