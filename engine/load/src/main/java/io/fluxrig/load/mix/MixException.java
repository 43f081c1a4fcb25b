package io.fluxrig.load.mix;

/** A mix that cannot be used; the text names the file or template, the field and what to write instead. */
public final class MixException extends Exception {
    private static final long serialVersionUID = 1;

    public MixException(String message) {
        super(message);
    }
}
