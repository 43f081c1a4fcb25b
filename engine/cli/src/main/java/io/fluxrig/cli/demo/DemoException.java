package io.fluxrig.cli.demo;

/** The demo could not begin; the text says what, where and what to do. */
public final class DemoException extends Exception {
    private static final long serialVersionUID = 1;

    DemoException(String message) {
        super(message);
    }

    DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
