package io.fluxrig.transport.cbor;

/**
 * Passes a reader over one item whatever it is, checking all of it: texts, the order of map keys, nesting down to {@link
 * CborReader#DEPTH_MAX}. Faults stay with the reader.
 */
final class WholeItem {
    private WholeItem() {}

    static void skip(CborReader in, int depth) {
        if (in.shortText() < 0 && in.head(-1)) {
            skipRest(in, depth);
        }
    }

    /** The rest of an item whose head was read. */
    private static void skipRest(CborReader in, int depth) {
        switch (in.major()) {
            case CborType.BYTES -> in.string();
            case CborType.TEXT -> skipText(in);
            case CborType.ARRAY -> skipItems(in, in.count(1), depth);
            case CborType.MAP -> skipEntries(in, in.count(2), depth);
            case CborType.TAG -> skipItems(in, 1, depth);
            default -> {
                // Numbers and simple values are all head.
            }
        }
    }

    private static void skipText(CborReader in) {
        int length = in.string();
        if (length > 0 && !Utf8.isValid(in.source(), in.contentOffset(), length)) {
            in.fail(CborFault.NOT_UTF8);
        }
    }

    private static void skipItems(CborReader in, int items, int depth) {
        if (items > 0 && depth == CborReader.DEPTH_MAX) {
            in.fail(CborFault.TOO_DEEP);
        }
        for (int i = 0; i < items && in.fault() == CborFault.NONE; i++) {
            skip(in, depth + 1);
        }
    }

    private static void skipEntries(CborReader in, int entries, int depth) {
        if (entries > 0 && depth == CborReader.DEPTH_MAX) {
            in.fail(CborFault.TOO_DEEP);
        }
        int lastStart = in.position();
        int lastEnd = lastStart;
        for (int i = 0; i < entries && in.fault() == CborFault.NONE; i++) {
            int keyStart = in.position();
            skip(in, depth + 1);
            int keyEnd = in.position();
            if (i > 0 && in.fault() == CborFault.NONE && in.compare(lastStart, lastEnd, keyStart, keyEnd) >= 0) {
                in.fail(CborFault.KEY_ORDER);
            }
            lastStart = keyStart;
            lastEnd = keyEnd;
            skip(in, depth + 1);
        }
    }
}
