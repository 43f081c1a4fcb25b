package io.fluxrig.engine.gears.conductor.kept;

import io.fluxrig.engine.gears.conductor.field.NamedPaths;
import io.fluxrig.engine.message.FieldPaths;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.FieldVisitor;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.perf.buffer.Bytes;
import java.util.List;

/**
 * Keeps configured fields back from a request and puts them into its answer. A composite is kept as the values in it, so that
 * it fits the answer's dialect too.
 *
 * <pre>
 *   parked bytes  | path length (1) | path | kind (1) | length (2) | value | ...
 * </pre>
 *
 * Strip thread only; allocates nothing once the paths were met.
 */
public final class ParkedFields {
    /** Bytes of parked fields at most; a request with more is refused. */
    static final int LENGTH_MAX = 8192;
    /** What {@link #take} returns where the fields are too long. */
    public static final int TOO_LONG = -1;

    private static final int HEAD_BYTES = 4;
    private static final int PATH_LENGTH_MAX = 255;

    private final NamedPaths names;
    private final FieldPaths known = new FieldPaths();
    private final Leaves leaves = new Leaves();
    private final byte[] bytes = new byte[LENGTH_MAX];
    private int length;
    private boolean tooLong;

    /** @param fields aliases or paths of the fields to keep back */
    public ParkedFields(List<String> fields) {
        names = new NamedPaths(fields);
    }

    /** Moves the fields out of the request; their length in {@link #bytes()}, or {@link #TOO_LONG} and nothing changed. */
    public int take(IsoPayload request) {
        length = 0;
        if (names.size() == 0) {
            return 0;
        }
        tooLong = false;
        IsoMessage message = request.message();
        FieldPath[] paths = names.of(request.spec());
        for (FieldPath path : paths) {
            if (path != null && message.has(path)) {
                park(message, path);
            }
        }
        if (tooLong) {
            wipe();
            return TOO_LONG;
        }
        for (FieldPath path : paths) {
            if (path != null && message.has(path)) {
                message.unset(path);
            }
        }
        return length;
    }

    /** Puts parked fields into a message. */
    public void putBack(IsoMessage into, byte[] parked, int parkedLength) {
        int at = 0;
        while (at < parkedLength) {
            int pathLength = parked[at] & 0xFF;
            System.arraycopy(parked, at + 1, leaves.path, 0, pathLength);
            FieldPath path = known.of(leaves.path, pathLength);
            int valueAt = at + pathLength + HEAD_BYTES;
            int valueLength = Bytes.shortBe(parked, valueAt - 2);
            if (parked[valueAt - 3] == IsoMessage.BYTES) {
                into.setBytes(path, parked, valueAt, valueLength);
            } else {
                into.set(path, parked, valueAt, valueLength);
            }
            at = valueAt + valueLength;
        }
    }

    /** What {@link #take} moved out last, borrowed until the next one. */
    public byte[] bytes() {
        return bytes;
    }

    /** Zeroes it. */
    public void wipe() {
        Bytes.wipe(bytes, 0, length);
        length = 0;
    }

    private void park(IsoMessage message, FieldPath path) {
        leaves.under(path);
        if (message.kind(path) == IsoMessage.TREE) {
            message.walk(leaves);
            return;
        }
        int valueLength = message.length(path);
        if (begin(leaves.path, leaves.wantedLength, message.kind(path), valueLength)) {
            message.copyTo(path, bytes, length);
            length += valueLength;
        }
    }

    /** Writes everything of an entry but its value; false if there is no room for both. */
    private boolean begin(byte[] path, int pathLength, int kind, int valueLength) {
        if (length + pathLength + HEAD_BYTES + valueLength > LENGTH_MAX) {
            tooLong = true;
            return false;
        }
        bytes[length] = (byte) pathLength;
        System.arraycopy(path, 0, bytes, length + 1, pathLength);
        bytes[length + pathLength + 1] = (byte) kind;
        Bytes.putShortBe(bytes, length + pathLength + 2, valueLength);
        length += pathLength + HEAD_BYTES;
        return true;
    }

    /** Parks every value below one path. */
    private final class Leaves implements FieldVisitor {
        private final byte[] path = new byte[PATH_LENGTH_MAX];
        private final int[] ends = new int[FieldPath.DEPTH_MAX + 1];
        private final byte[] wanted = new byte[PATH_LENGTH_MAX];
        private int wantedLength;
        private int depth;

        void under(FieldPath from) {
            wantedLength = from.copyTo(wanted, 0);
            System.arraycopy(wanted, 0, path, 0, wantedLength);
            depth = 0;
        }

        @Override
        public void text(Key key, byte[] value, int offset, int valueLength) {
            leaf(key, IsoMessage.TEXT, value, offset, valueLength);
        }

        @Override
        public void bytes(Key key, byte[] value, int offset, int valueLength) {
            leaf(key, IsoMessage.BYTES, value, offset, valueLength);
        }

        @Override
        public void beginTree(Key key) {
            ends[depth + 1] = append(key);
            depth++;
        }

        @Override
        public void endTree() {
            depth--;
        }

        private void leaf(Key key, int kind, byte[] value, int offset, int valueLength) {
            int end = append(key);
            if (end > wantedLength
                    && path[wantedLength] == '.'
                    && Bytes.equal(path, 0, wanted, 0, wantedLength)
                    && begin(path, end, kind, valueLength)) {
                System.arraycopy(value, offset, ParkedFields.this.bytes, length, valueLength);
                length += valueLength;
            }
        }

        /** Writes the key behind the path of the tree it is in; where it ends. */
        private int append(Key key) {
            int at = depth == 0 ? 0 : ends[depth];
            if (depth > 0) {
                path[at++] = '.';
            }
            return at + key.copyTo(path, at);
        }
    }
}
