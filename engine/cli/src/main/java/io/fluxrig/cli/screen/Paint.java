package io.fluxrig.cli.screen;

/** Colours, or none. Each piece is padded before it is painted, so that widths are right. */
record Paint(boolean on) {

    String bold(String text) {
        return wrap("1", text);
    }

    String dim(String text) {
        return wrap("2", text);
    }

    String good(String text) {
        return wrap("32", text);
    }

    String bad(String text) {
        return wrap("1;31", text);
    }

    String warn(String text) {
        return wrap("33", text);
    }

    private String wrap(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
