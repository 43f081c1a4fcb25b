package io.fluxrig.transport.msg;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fluxrig.transport.cbor.CborFault;
import java.util.Arrays;

/**
 * Any bytes are a message or a fault, and a message that was read is written again as the same bytes, but for what reading
 * forgives: absent keys. A second pass must then be exact.
 */
class FluxMsgFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void shouldReadAnyBytesOrSayWhyNot(byte[] bytes) {
        FluxMsg message = new FluxMsg();
        FluxMsgReader reader = new FluxMsgReader();
        int fault = reader.read(bytes, 0, bytes.length, message);
        if (fault != CborFault.NONE) {
            return;
        }
        byte[] once = write(message);
        byte[] source = once.clone();
        FluxMsg again = new FluxMsg();
        int second = reader.read(source, 0, source.length, again);
        if (second != CborFault.NONE || !Arrays.equals(once, write(again))) {
            throw new AssertionError("read, written and read again: " + CborFault.name(second));
        }
    }

    private static byte[] write(FluxMsg message) {
        byte[] dst = new byte[1 << 21];
        int length = new FluxMsgWriter().write(message, dst, 0, dst.length);
        if (length < 0) {
            throw new AssertionError("a message that was read does not write: " + CborFault.name(length));
        }
        return Arrays.copyOf(dst, length);
    }
}
