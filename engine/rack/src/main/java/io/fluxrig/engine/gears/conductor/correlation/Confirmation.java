package io.fluxrig.engine.gears.conductor.correlation;

import io.fluxrig.engine.gears.conductor.field.NamedPaths;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.wire.DataElement;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells an answer that has a request's key but is another's: values beside the key that an answer repeats, compared where both
 * messages have them. Keeps a terminal that uses its STAN again from getting the late answer to the request before.
 *
 * <p>A value that either of them lacks confirms nothing and refuses nothing. The amount (DE 4) of an answer that approves a part
 * of what was asked for is the issuer's to choose, and so not compared.
 *
 * <pre>
 *   one long  | value 3 | value 2 | value 1 | value 0 |     16 bits of each value's hash, 0 if it is not there
 * </pre>
 *
 * Strip thread only; allocates nothing.
 */
public final class Confirmation {
    /** Values compared at most. */
    public static final int VALUES_MAX = 4;

    /** Card number, amount and retrieval reference: what an answer repeats as it was asked, if it has it at all. */
    public static final List<String> DEFAULT = List.of("iso8583.field.2", "iso8583.field.4", "iso8583.field.37");

    /**
     * What DE 39 says where a part was approved: 10, 002 and 0002 of the standard's three versions; 87, the purchase without its
     * cash back.
     */
    private static final byte[][] PARTLY = {ascii("10"), ascii("002"), ascii("0002"), ascii("87")};

    private static final int BITS = 16;
    private static final long MASK = (1L << BITS) - 1;

    private final NamedPaths paths;

    /** @param names aliases or paths, {@link #VALUES_MAX} at most */
    public Confirmation(List<String> names) {
        paths = new NamedPaths(names);
    }

    /** What a ticket keeps of its request's values. */
    public long of(IsoPayload payload) {
        long all = 0;
        FieldPath[] resolved = paths.of(payload.spec());
        IsoMessage message = payload.message();
        for (int i = 0; i < resolved.length; i++) {
            if (resolved[i] != null && message.has(resolved[i])) {
                long hash = message.hash(resolved[i], i) >>> Long.SIZE - BITS;
                all |= Math.max(1, hash) << i * BITS;
            }
        }
        return all;
    }

    /** Whether no value that both have differs, the amount of a partial approval aside. */
    public boolean confirms(long ofRequest, IsoPayload answer) {
        long ofAnswer = of(answer);
        FieldPath[] resolved = paths.of(answer.spec());
        for (int i = 0; i < paths.size(); i++) {
            long asked = ofRequest >>> i * BITS & MASK;
            long told = ofAnswer >>> i * BITS & MASK;
            if (asked != 0
                    && told != 0
                    && asked != told
                    && !(isAmount(resolved[i]) && approvesAPart(answer.message()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAmount(FieldPath path) {
        return path.depth() == 0 && path.field() == DataElement.AMOUNT;
    }

    private static boolean approvesAPart(IsoMessage answer) {
        for (byte[] code : PARTLY) {
            if (answer.valueEquals(DataElement.RESPONSE_CODE, code)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
