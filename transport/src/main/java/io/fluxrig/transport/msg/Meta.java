package io.fluxrig.transport.msg;

/**
 * Metadata of one message: a slot for each {@link MetaKey}, holding a text, a number (written as decimal text) or bytes
 * (written as {@code hex:...}).
 *
 * <p>Setting a slot allocates nothing; texts are expected to be constants of the gear that sets them. Used on one strip's
 * thread only.
 */
public final class Meta {
    private static final MetaKey[] KEYS = MetaKey.values();

    private final Object[] texts = new Object[KEYS.length];
    private final long[] numbers = new long[KEYS.length];
    private long numeric;

    /** Empties every slot. */
    public void clear() {
        for (int i = 0; i < texts.length; i++) {
            texts[i] = null;
        }
        numeric = 0;
    }

    public void set(MetaKey key, String text) {
        numeric &= ~(1L << key.ordinal());
        texts[key.ordinal()] = text;
    }

    public void set(MetaKey key, long number) {
        numeric |= 1L << key.ordinal();
        texts[key.ordinal()] = null;
        numbers[key.ordinal()] = number;
    }

    public void unset(MetaKey key) {
        numeric &= ~(1L << key.ordinal());
        texts[key.ordinal()] = null;
    }

    public boolean has(MetaKey key) {
        return isNumber(key) || texts[key.ordinal()] != null;
    }

    /** The number in a slot set as a number, else {@code otherwise}. */
    public long number(MetaKey key, long otherwise) {
        return isNumber(key) ? numbers[key.ordinal()] : otherwise;
    }

    /** The text in a slot, a number as decimal digits (allocates), null if empty. */
    public String text(MetaKey key) {
        return isNumber(key) ? Long.toString(numbers[key.ordinal()]) : (String) texts[key.ordinal()];
    }

    /** Takes over every slot of another message's metadata. */
    public void copyFrom(Meta other) {
        System.arraycopy(other.texts, 0, texts, 0, texts.length);
        System.arraycopy(other.numbers, 0, numbers, 0, numbers.length);
        numeric = other.numeric;
    }

    private boolean isNumber(MetaKey key) {
        return (numeric & 1L << key.ordinal()) != 0;
    }
}
