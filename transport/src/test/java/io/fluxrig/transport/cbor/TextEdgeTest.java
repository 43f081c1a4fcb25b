package io.fluxrig.transport.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts at the lengths where another way of moving or checking them begins, with and without room behind them. */
class TextEdgeTest {
    private static final int SLACK = 40;
    private static final byte BEHIND = (byte) 0xEE;

    private final CborWriter out = new CborWriter();
    private final CborReader in = new CborReader();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 7, 8, 9, 15, 16, 17, 23, 24, 31, 32, 33, 47, 48, 63, 64, 65, 255, 256})
    void shouldWriteAsciiWhateverIsBehindIt(int length) {
        String text = ascii(length);
        for (int slack = 0; slack <= SLACK; slack++) {
            byte[] src = withSlack(text.getBytes(StandardCharsets.ISO_8859_1), slack);
            assertWritten(text, slack, () -> out.latin1(src, 2, length));
            assertWritten(text, slack, () -> out.text(src, 2, length));
            assertWritten(text, slack, () -> out.text(text));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 15, 16, 17, 23, 24, 40})
    void shouldWriteACharacterAbove127AtAnyPlace(int length) {
        for (int place = 0; place < length; place++) {
            char[] characters = ascii(length).toCharArray();
            characters[place] = '\u00e9';
            String text = new String(characters);
            for (int slack : new int[] {0, 1, 15, 16, SLACK}) {
                byte[] src = withSlack(text.getBytes(StandardCharsets.ISO_8859_1), slack);
                assertWritten(text, slack, () -> out.latin1(src, 2, length));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 23, 24, 40, 255, 256})
    void shouldReadAsciiWhateverIsBehindIt(int length) {
        byte[] item = encoded(ascii(length));
        for (int slack = 0; slack <= SLACK; slack++) {
            in.on(withSlack(item, slack), 2, item.length);
            assertThat(in.text()).isEqualTo(length);
            assertThat(in.contentIsAscii()).isTrue();
            assertThat(in.end()).isZero();
            in.on(withSlack(item, slack), 2, item.length - 1);
            assertThat(in.text()).isEqualTo(CborFault.TRUNCATED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 15, 16, 17, 23, 24, 40})
    void shouldTellTextBeyondAsciiFromBrokenTextAtAnyPlace(int length) {
        for (int place = 0; place < length; place++) {
            char[] characters = ascii(length).toCharArray();
            characters[place] = '\u00e9';
            byte[] sound = encoded(new String(characters));
            byte[] broken = encoded(ascii(length));
            broken[broken.length - length + place] = (byte) 0xE9;
            for (int slack : new int[] {0, 1, 15, 16, SLACK}) {
                in.on(withSlack(sound, slack), 2, sound.length);
                assertThat(in.text()).isEqualTo(length + 1);
                assertThat(in.contentIsAscii()).isFalse();
                in.on(withSlack(broken, slack), 2, broken.length);
                assertThat(in.text()).isEqualTo(CborFault.NOT_UTF8);
                in.on(withSlack(broken, slack), 2, broken.length);
                assertThat(in.skip()).isEqualTo(CborFault.NOT_UTF8);
            }
        }
    }

    /** With exactly the room it needs and {@code slack} more, and with one byte too few. */
    private void assertWritten(String text, int slack, Runnable writing) {
        byte[] expected = encoded(text);
        byte[] dst = new byte[2 + expected.length + slack + 1];
        dst[dst.length - 1] = BEHIND;
        out.on(dst, 2, dst.length - 1);
        writing.run();
        assertThat(out.result()).isEqualTo(expected.length);
        assertThat(Arrays.copyOfRange(dst, 2, 2 + expected.length)).isEqualTo(expected);
        assertThat(dst[dst.length - 1]).isEqualTo(BEHIND);
        out.on(dst, 2, 2 + expected.length - 1);
        writing.run();
        assertThat(out.result()).isEqualTo(CborFault.NO_ROOM);
    }

    private static String ascii(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) (' ' + i * 7 % 95));
        }
        return text.toString();
    }

    private static byte[] encoded(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream item = new ByteArrayOutputStream();
        if (utf8.length < 24) {
            item.write(0x60 + utf8.length);
        } else if (utf8.length < 256) {
            item.write(0x78);
            item.write(utf8.length);
        } else {
            item.write(0x79);
            item.write(utf8.length >> 8);
            item.write(utf8.length);
        }
        item.writeBytes(utf8);
        return item.toByteArray();
    }

    /** Two bytes before, and others that are no ASCII behind: what is not of the text must not count. */
    private static byte[] withSlack(byte[] content, int slack) {
        byte[] bytes = new byte[2 + content.length + slack];
        Arrays.fill(bytes, BEHIND);
        System.arraycopy(content, 0, bytes, 2, content.length);
        return bytes;
    }
}
