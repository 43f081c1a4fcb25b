package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.gear.GearContext;
import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.iso.frame.FrameEncoder;
import io.fluxrig.iso.frame.FrameRefusal;
import io.fluxrig.iso.frame.Framing;
import io.fluxrig.perf.buffer.Bytes;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;

/**
 * From messages to bytes: frames each message behind what its connection has to write already, and writes once for each
 * connection at the end of the batch.
 *
 * <p>A connection has at most two buffers: {@code flushing}, which the socket is still taking, and {@code pending} behind
 * it. Both together never exceed {@code pending_max}, and for what crossed from another strip, whose sender was told already
 * that it is taken and cannot be asked to wait, twice that: it waits there until the socket takes it or {@code write_timeout}
 * closes the connection. Strip thread only; steady state allocates nothing.
 */
final class Outbound {
    private final GearContext context;
    private final IoSettings settings;
    private final IoMetrics metrics;
    private final FrameEncoder encoder;
    private final WriteBuffers buffers = new WriteBuffers();
    private final ArrayList<Connection> dirty = new ArrayList<>();
    private final Runnable flush = this::flushDirty;
    private final byte[] scratch;
    private final byte[] header;
    private int scratchUsed;

    Outbound(GearContext context, IoSettings settings, IoMetrics metrics) {
        this.context = context;
        this.settings = settings;
        this.metrics = metrics;
        Framing framing = settings.framing();
        encoder = new FrameEncoder(framing);
        scratch = new byte[framing.frameLengthMax()];
        header = new byte[framing.headerLength()];
    }

    /**
     * Frames the message's raw bytes for that connection.
     *
     * @param reply whether the message answers one that came from this connection, and so takes its headers
     * @param crossed whether it came over from another strip
     * @return ACCEPTED, LINK_DOWN, FULL, or REFUSED if it fits no frame
     */
    int send(Connection connection, FluxMsg message, boolean reply, boolean crossed) {
        if (!connection.isUp()) {
            return Outcome.LINK_DOWN;
        }
        long filled = (long) waiting(connection) + settings.framing().headroom() + message.rawLength();
        boolean over = filled > settings.pendingMax();
        if (over && (!crossed || filled > 2L * settings.pendingMax())) {
            return Outcome.FULL;
        }
        int length = frame(message, reply);
        if (length < 0) {
            metrics.refusedFrame(length).increment();
            return Outcome.REFUSED;
        }
        scratchUsed = Math.max(scratchUsed, length);
        if (settings.frameLog()) {
            FrameLog.out(
                    context.log(), connection.id(), scratch, settings.framing().headroom(), message.rawLength());
        }
        if (connection.pending == null) {
            connection.pending = buffers.take();
        }
        connection.pending.writeBytes(scratch, 0, length);
        metrics.framesOut.increment();
        if (over) {
            metrics.overPending.increment();
        }
        markDirty(connection);
        return Outcome.ACCEPTED;
    }

    /** Writes what has gathered for the connection, unless the socket has not yet taken what it was given before. */
    @SuppressWarnings("FutureReturnValueIgnored") // the void promise tells nothing; writability does
    void flush(Connection connection) {
        connection.dirty = false;
        reclaim(connection);
        ByteBuf pending = connection.pending;
        if (pending == null || connection.isClosing() || !connection.channel().isWritable()) {
            return;
        }
        metrics.bytesOut.add(pending.readableBytes());
        connection.pending = null;
        connection.flushing = pending;
        connection.flushingSinceNs = context.clock().nanoTime();
        connection
                .channel()
                .writeAndFlush(pending.retain(), connection.channel().voidPromise());
        reclaim(connection);
    }

    /** Lets go of the buffers of a connection that is gone. */
    void forget(Connection connection) {
        int lost = waiting(connection);
        if (connection.flushing != null) {
            buffers.give(connection.flushing);
            connection.flushing = null;
        }
        if (connection.pending != null) {
            buffers.give(connection.pending);
            connection.pending = null;
        }
        metrics.lostBytes.add(lost);
    }

    /** Bytes that the connection's socket has not taken. */
    int waiting(Connection connection) {
        ByteBuf pending = connection.pending;
        ByteBuf flushing = connection.flushing;
        return (pending == null ? 0 : pending.readableBytes()) + (flushing == null ? 0 : flushing.readableBytes());
    }

    void release() {
        buffers.release();
    }

    private int frame(FluxMsg message, boolean reply) {
        if (message.rawLength() == 0) {
            return FrameRefusal.NO_ROOM;
        }
        boolean carried =
                reply && header.length > 0 && message.meta().bytes(MetaKey.ISO_RAW_HEADER, header, 0) == header.length;
        if (!carried) {
            return encoder.encode(message.raw(), message.rawOffset(), message.rawLength(), scratch, 0);
        }
        return encoder.encodeReply(
                message.raw(), message.rawOffset(), message.rawLength(), header, 0, header.length, scratch, 0);
    }

    private void markDirty(Connection connection) {
        if (!connection.dirty) {
            connection.dirty = true;
            if (dirty.isEmpty()) {
                context.atBatchEnd(flush);
            }
            dirty.add(connection);
        }
    }

    private void flushDirty() {
        for (int i = 0; i < dirty.size(); i++) {
            flush(dirty.get(i));
        }
        dirty.clear();
        Bytes.wipe(scratch, 0, scratchUsed);
        scratchUsed = 0;
    }

    /** Takes the flushed buffer back once the socket, or the TLS engine, has all of it. */
    private void reclaim(Connection connection) {
        if (connection.flushing != null && connection.channel().isWritable()) {
            buffers.give(connection.flushing);
            connection.flushing = null;
        }
    }
}
