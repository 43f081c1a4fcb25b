package io.fluxrig.load.net;

import io.fluxrig.iso.frame.FrameDecoder;
import io.fluxrig.iso.frame.FrameView;
import io.fluxrig.iso.frame.Framing;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * What one connection reads, as frames. A read is moved behind what the last one left over, in a window that all connections
 * of an event loop share, and cut there: one copy of the read, two of what it leaves over, and nothing allocated in steady
 * state. What is left over is part of one frame, so a window holds one read and the framing's longest frame at most.
 *
 * <pre>
 *   window:  | rest  |  bytes of this read      |
 *            | frame | frame | frame | half a fr|   the half is the rest of the next read
 * </pre>
 *
 * Event loop's thread only.
 */
public final class FrameStream {
    private static final int REST_BYTES = 256;

    private final Window window;
    /** Not private for tests of what is left in it. */
    byte[] rest = {};

    private int restLength;

    /** @param window that of the connection's event loop */
    public FrameStream(Window window) {
        this.window = window;
    }

    /** Takes frames as they are found. */
    public interface Taker {

        /**
         * @param bytes holds the frame until this returns
         * @param frame where its parts are; never a keep-alive
         * @return false if the connection was given up and wants no more
         */
        boolean frame(byte[] bytes, FrameView frame);
    }

    /** Where the connections of one event loop have their reads cut, one after the other. */
    public static final class Window {
        private static final int FIRST_BYTES = 64 * 1024;

        private final FrameDecoder decoder;
        private final FrameView view = new FrameView();
        private byte[] bytes = new byte[FIRST_BYTES];

        public Window(Framing framing) {
            decoder = new FrameDecoder(framing);
        }

        /** Zeroes it; not while a read is being cut. */
        public void wipe() {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Hands every whole frame on and keeps the rest. Not to be called again once the taker wants no more or a code was
     * returned.
     *
     * @param read stays the caller's; read to its end
     * @return 0, or a code of {@link io.fluxrig.iso.frame.FrameRefusal} if this is no stream of frames
     *     and the connection is to be closed
     */
    public int take(ByteBuf read, Taker taker) {
        int fresh = read.readableBytes();
        int limit = restLength + fresh;
        if (limit > window.bytes.length) {
            window.wipe();
            window.bytes = new byte[Math.max(2 * window.bytes.length, limit)];
        }
        System.arraycopy(rest, 0, window.bytes, 0, restLength);
        read.readBytes(window.bytes, restLength, fresh);
        return cut(window.bytes, limit, taker);
    }

    private int cut(byte[] bytes, int limit, Taker taker) {
        int offset = 0;
        int used;
        boolean wanted = true;
        while (wanted && (used = window.decoder.next(bytes, offset, limit, window.view)) != FrameDecoder.NEED_MORE) {
            if (used < 0) {
                return used;
            }
            offset += used;
            wanted = window.view.keepAlive() || taker.frame(bytes, window.view);
        }
        keep(bytes, offset, limit - offset);
        return 0;
    }

    /** Zeroes what is left over; the stream has come to its end. */
    public void wipe() {
        Arrays.fill(rest, (byte) 0);
        restLength = 0;
    }

    /** Copies, since the next connection's read takes the window. */
    private void keep(byte[] bytes, int offset, int length) {
        if (length > rest.length) {
            Arrays.fill(rest, (byte) 0);
            rest = new byte[Math.max(REST_BYTES, length)];
        }
        System.arraycopy(bytes, offset, rest, 0, length);
        restLength = length;
    }
}
