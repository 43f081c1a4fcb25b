package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Output;
import io.fluxrig.engine.gear.StripSockets;
import io.fluxrig.iso.codec.MessageLength;
import io.fluxrig.iso.frame.FrameDecoder;
import io.fluxrig.iso.frame.FrameDiagnosis;
import io.fluxrig.iso.frame.FrameEnd;
import io.fluxrig.iso.frame.FrameRefusal;
import io.fluxrig.iso.frame.FrameView;
import io.fluxrig.iso.frame.Framing;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.Meta;
import io.fluxrig.transport.msg.MetaKey;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;

/**
 * From bytes to messages: moves a read into the strip's window, behind what the connection had left over, cuts frames and
 * hands each on.
 *
 * <pre>
 *   window:  | rest of the connection | bytes of this read |
 *            | frame | frame | frame | half a fra|            -> rest again
 * </pre>
 *
 * A frame that the next gear cannot take ({@link Outcome#FULL}, {@link Outcome#DRAINING}) stays in the rest and its
 * connection stops reading; {@link #retryHeld} offers it again. Window and read buffer are wiped when the read is done.
 * Strip thread only.
 */
final class Inbound {
    private final GearContext context;
    private final IoSettings settings;
    private final IoMetrics metrics;
    private final StripSockets sockets;
    private final Output out;
    private final FrameDecoder decoder;
    private final FrameView view = new FrameView();
    private final FluxMsg message = new FluxMsg();
    private final BytePool rests = new BytePool();
    private final ArrayDeque<Connection> held = new ArrayDeque<>();
    private boolean draining;

    Inbound(GearContext context, IoSettings settings, IoMetrics metrics) {
        this.context = context;
        this.settings = settings;
        this.metrics = metrics;
        sockets = context.sockets();
        out = context.output("out");
        decoder = decoder(context, settings.framing());
    }

    private static FrameDecoder decoder(GearContext context, Framing framing) {
        if (framing.end() != FrameEnd.MESSAGE) {
            return new FrameDecoder(framing);
        }
        Spec spec = context.specs().bySpecPath(context.config().text("spec_path"));
        MessageLength length = new MessageLength(spec.wire());
        return new FrameDecoder(framing, (src, offset, limit) -> {
            int bytes = length.of(src, offset, limit);
            return bytes == MessageLength.REFUSED ? FrameRefusal.NOT_A_MESSAGE : bytes;
        });
    }

    /** Takes everything that a read brought. */
    void read(Connection connection, ByteBuf bytes) {
        int fresh = bytes.readableBytes();
        metrics.bytesIn.add(fresh);
        connection.lastReadNs = context.clock().nanoTime();
        int before = connection.restLength;
        byte[] window = sockets.window(before + fresh);
        if (before > 0) {
            System.arraycopy(connection.rest, 0, window, 0, before);
        }
        int from = bytes.readerIndex();
        bytes.readBytes(window, before, fresh);
        bytes.setZero(from, fresh);
        cut(connection, window, 0, before + fresh);
    }

    /** Offers again what was too much before; what still is too much stays, until it is too old. */
    void retryHeld(long nowNs) {
        for (int i = held.size(); i > 0; i--) {
            Connection connection = held.poll();
            if (connection.held && !connection.isClosing()) {
                retry(connection, nowNs);
            }
        }
    }

    /** Connections that stopped reading because something was full. */
    boolean hasHeld() {
        return !held.isEmpty();
    }

    /** Has the connection read no more until {@link #retryHeld}: the strip's rings are nearly full. */
    void pause(Connection connection) {
        if (!connection.held && !connection.isClosing()) {
            hold(connection);
        }
    }

    /** Gives back what a connection that is gone had left over. */
    void forget(Connection connection) {
        connection.held = false;
        keep(connection, connection.rest, 0, 0);
    }

    /** From now on a frame refused for draining is kept, however old it gets. */
    void drain() {
        draining = true;
    }

    private void retry(Connection connection, long nowNs) {
        int length = connection.restLength;
        byte[] window = sockets.window(length);
        if (length > 0) {
            System.arraycopy(connection.rest, 0, window, 0, length);
        }
        connection.held = false;
        int begin = 0;
        if (nowNs - connection.heldSinceNs > settings.readTimeoutNs() && !draining) {
            begin = Math.max(0, decoder.next(window, 0, length, view));
            connection.heldSinceNs = 0;
            connection.heldId = 0;
            metrics.heldTooLong.increment();
        }
        cut(connection, window, begin, length);
        if (!connection.held && !connection.isClosing()) {
            connection.reading(true);
        }
    }

    private void cut(Connection connection, byte[] window, int begin, int limit) {
        int end = connection.held ? begin : cutFrames(connection, window, begin, limit);
        if (end > 0 || connection.restLength == 0) {
            connection.frameBegunNs = connection.lastReadNs;
        }
        keep(connection, window, connection.isClosing() ? limit : end, limit);
        Bytes.wipe(window, 0, limit);
    }

    /** Hands on every whole frame; where it stopped. */
    private int cutFrames(Connection connection, byte[] window, int begin, int limit) {
        long epochNs = context.clock().epochNanos();
        int offset = begin;
        while (offset < limit && !connection.isClosing()) {
            int used = decoder.next(window, offset, limit, view);
            if (used == FrameDecoder.NEED_MORE) {
                break;
            }
            if (used < 0) {
                refuse(connection, used, window, offset, limit);
                break;
            }
            if (view.keepAlive()) {
                metrics.keepAlives.increment();
            } else if (!handOn(connection, window, epochNs)) {
                hold(connection);
                break;
            }
            offset += used;
        }
        return offset;
    }

    /** False if the frame has to be offered again. */
    private boolean handOn(Connection connection, byte[] window, long epochNs) {
        message.clear();
        if (connection.heldId == 0) {
            if (context.ids().spent()) {
                return false;
            }
            connection.heldId = context.ids().next(epochNs);
        }
        message.id(connection.heldId);
        message.srcId(context.ordinal());
        message.tsEpochNs(epochNs);
        message.raw(window, view.bodyOffset(), view.bodyLength());
        Meta meta = message.meta();
        meta.set(MetaKey.CONN_ID, connection.id());
        meta.set(MetaKey.PEER_IP, connection.peerIp());
        meta.set(MetaKey.PEER_PORT, connection.peerPort());
        meta.set(MetaKey.FLUXRIG_SOURCE, context.name());
        if (view.headerLength() > 0) {
            meta.setBytes(MetaKey.ISO_RAW_HEADER, window, view.headerOffset(), view.headerLength());
        }
        if (settings.frameLog()) {
            FrameLog.in(context.log(), connection.id(), window, view);
        }
        int outcome = out.emit(message);
        if (outcome == Outcome.FULL || outcome == Outcome.DRAINING) {
            return false;
        }
        if (outcome != Outcome.ACCEPTED) {
            metrics.notTaken(outcome).increment();
        }
        connection.heldSinceNs = 0;
        connection.heldId = 0;
        metrics.framesIn.increment();
        return true;
    }

    private void hold(Connection connection) {
        connection.held = true;
        if (connection.heldSinceNs == 0) {
            connection.heldSinceNs = context.clock().nanoTime();
        }
        connection.reading(false);
        held.add(connection);
        metrics.readPauses.increment();
    }

    private void refuse(Connection connection, int code, byte[] window, int offset, int limit) {
        metrics.refusedFrame(code).increment();
        CloseReason reason = switch (code) {
            case FrameRefusal.LENGTH_TOO_LARGE -> CloseReason.LENGTH_TOO_LARGE;
            case FrameRefusal.NOT_AN_MTI -> CloseReason.NOT_AN_MTI;
            default -> CloseReason.BAD_FRAME;
        };
        connection.close(reason, FrameDiagnosis.of(settings.framing(), code, window, offset, limit));
    }

    /** Makes {@code window[from, limit)} the connection's rest. */
    private void keep(Connection connection, byte[] window, int from, int limit) {
        int length = limit - from;
        if (connection.rest != null && (length == 0 || connection.rest.length < length)) {
            rests.give(connection.rest, connection.restLength);
            connection.rest = null;
        }
        if (length > 0) {
            if (connection.rest == null) {
                connection.rest = rests.take(length);
            } else {
                Bytes.wipe(connection.rest, 0, connection.restLength);
            }
            System.arraycopy(window, from, connection.rest, 0, length);
        }
        connection.restLength = length;
    }
}
