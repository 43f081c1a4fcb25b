package io.fluxrig.iso.frame;

import java.nio.charset.StandardCharsets;

/**
 * The end of a message as text in jPOS's XML: the line that closes the first {@code <isomsg>}, its line break with it.
 *
 * <pre>
 *   &lt;log ...&gt;                  passed over
 *   &lt;isomsg&gt;                   here the message begins
 *     &lt;field id="0" .../&gt;
 *     &lt;isomsg id="48"&gt; ... &lt;/isomsg&gt;
 *   &lt;/isomsg&gt;                  and behind this line it ends
 * </pre>
 */
final class XmlEnd implements MessageEnd {
    private static final byte[] OPEN = "<isomsg".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "</isomsg>".getBytes(StandardCharsets.US_ASCII);

    @Override
    public int passedOver(byte[] src, int offset, int limit) {
        int at = offset;
        while (at < limit && !isAt(OPEN, src, at, limit)) {
            at++;
        }
        return at - offset;
    }

    @Override
    public int bytes(byte[] src, int offset, int limit) {
        int depth = 0;
        for (int at = offset; at < limit; at++) {
            if (src[at] != '<') {
                continue;
            }
            if (isAt(OPEN, src, at, limit)) {
                depth++;
            } else if (isAt(CLOSE, src, at, limit) && --depth == 0) {
                return behindLine(src, at + CLOSE.length, offset, limit);
            }
        }
        return FrameDecoder.NEED_MORE;
    }

    private static int behindLine(byte[] src, int from, int offset, int limit) {
        for (int at = from; at < limit; at++) {
            if (src[at] == '\n') {
                return at + 1 - offset;
            }
        }
        return FrameDecoder.NEED_MORE;
    }

    private static boolean isAt(byte[] word, byte[] src, int at, int limit) {
        if (word.length > limit - at) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (src[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }
}
