package io.fluxrig.engine.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Turns an event into UTF-8 lines by one of the two layouts. Writer thread only. */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
    private final BiConsumer<ILoggingEvent, StringBuilder> layout;

    private LineEncoder(BiConsumer<ILoggingEvent, StringBuilder> layout) {
        this.layout = layout;
    }

    /** One JSON object a line. */
    static LineEncoder json() {
        return new LineEncoder(JsonLine::write);
    }

    /** One readable line, a stack trace below it. */
    static LineEncoder text() {
        return new LineEncoder(TextLine::write);
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(256);
        layout.accept(event, line);
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
