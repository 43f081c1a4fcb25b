package io.fluxrig.engine.gears.io;

import io.fluxrig.engine.gears.ConnectionName;
import io.fluxrig.iso.frame.FrameView;
import java.util.HexFormat;
import org.slf4j.Logger;

/**
 * The lines of {@code unsafe_raw_frame_log}: direction, connection, lengths and the headers in hex. What stands behind the
 * headers may be card data and is never logged, whatever the configuration says. Allocates; off unless asked for.
 */
final class FrameLog {

    private FrameLog() {}

    static void in(Logger log, long connId, byte[] window, FrameView view) {
        int from = view.headerOffset();
        String header = HexFormat.of().formatHex(window, from, from + view.headerLength());
        log.info("frame in conn={} header={} body_bytes={}", ConnectionName.of(connId), header, view.bodyLength());
    }

    /** @param headroom bytes ahead of the message: length field and headers */
    static void out(Logger log, long connId, byte[] frame, int headroom, int bodyLength) {
        String header = HexFormat.of().formatHex(frame, 0, headroom);
        log.info("frame out conn={} header={} body_bytes={}", ConnectionName.of(connId), header, bodyLength);
    }
}
