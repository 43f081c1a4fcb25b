package io.fluxrig.engine.gears.codec;

/** Message types as metadata texts, each made once: {@code "0110"} and {@code "authorization"}. Strip thread only. */
public final class MtiWords {
    private static final String[] CLASSES = {
        "reserved",
        "authorization",
        "financial",
        "file_action",
        "reversal",
        "reconciliation",
        "administrative",
        "fee_collection",
        "network_management",
        "reserved"
    };

    private final String[] texts = new String[10_000];

    /** Four digits. */
    public String text(int mti) {
        if (texts[mti] == null) {
            texts[mti] = String.format("%04d", mti);
        }
        return texts[mti];
    }

    /** What the second digit stands for. */
    public String messageClass(int mti) {
        return CLASSES[mti / 100 % 10];
    }
}
