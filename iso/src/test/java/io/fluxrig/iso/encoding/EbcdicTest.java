package io.fluxrig.iso.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EbcdicTest {

    private static byte[] allBytes() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        return all;
    }

    @Test
    void shouldReadCodePage1047AsJavaDoes() {
        byte[] all = allBytes();
        byte[] expected = new String(all, Charset.forName("IBM1047")).getBytes(StandardCharsets.ISO_8859_1);
        byte[] read = new byte[256];
        Ebcdic.CP1047.decode(all, 0, 256, read, 0);
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void shouldReadCodePage037AsJavaDoesButForNewLine() {
        byte[] all = allBytes();
        byte[] expected = new String(all, Charset.forName("IBM037")).getBytes(StandardCharsets.ISO_8859_1);
        expected[0x15] = (byte) 0x85; // Java reads both 15 and 25 as line feed, which could not be written back
        byte[] read = new byte[256];
        Ebcdic.CP037.decode(all, 0, 256, read, 0);
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void shouldWriteBackEveryByteRead() {
        for (Ebcdic page : new Ebcdic[] {Ebcdic.CP037, Ebcdic.CP1047}) {
            byte[] text = new byte[256];
            page.decode(allBytes(), 0, 256, text, 0);
            page.encode(text, 0, 256, text, 0);
            assertThat(text).isEqualTo(allBytes());
        }
    }

    @Test
    void shouldReadAndWriteDigitsAmongOtherCharacters() {
        String text = "0123456789012345 AMOUNT 12345678 9876543210X01234567";
        for (int length = 0; length <= text.length(); length++) {
            byte[] ebcdic = Ebcdic.CP037.bytes(text.substring(0, length));
            assertThat(ebcdic).isEqualTo(text.substring(0, length).getBytes(Charset.forName("IBM037")));
            byte[] read = new byte[length];
            Ebcdic.CP037.decode(ebcdic, 0, length, read, 0);
            assertThat(read).asString(StandardCharsets.ISO_8859_1).isEqualTo(text.substring(0, length));
        }
    }

    @Test
    void shouldWriteLiteralText() {
        assertThat(Ebcdic.CP037.bytes("AZ 09[")).containsExactly(0xC1, 0xE9, 0x40, 0xF0, 0xF9, 0xBA);
        assertThat(Ebcdic.CP1047.bytes("AZ 09[")).containsExactly(0xC1, 0xE9, 0x40, 0xF0, 0xF9, 0xAD);
    }
}
