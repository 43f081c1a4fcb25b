package io.fluxrig.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void shouldLeaveNothingThatATerminalObeys() {
        String sent = "no\u001b]0;title\u0007\r\nfluxrig: rack east is admitted\u009b2J\u202e";
        assertThat(PlainText.of(sent, 100)).isEqualTo("no?]0;title???fluxrig: rack east is admitted?2J?");
    }

    @Test
    void shouldLeaveLettersOfAnyLanguage() {
        assertThat(PlainText.of("Schl\u00fcssel \u9375 fehlt", 100)).isEqualTo("Schl\u00fcssel \u9375 fehlt");
    }

    @Test
    void shouldBeNoLongerThanTheMost() {
        assertThat(PlainText.of("12345", 5)).isEqualTo("12345");
        assertThat(PlainText.of("123456", 5)).isEqualTo("1234\u2026");
    }

    @Test
    void shouldHoldWhatAMixerThatNobodyKnowsSays() {
        Standing said = new Standing(
                "east", new byte[32], Standing.REFUSED, "\u001b[2J", new byte[0], 0, 0, new byte[0], null, null, null);
        assertThat(said.why()).isEqualTo("?[2J");
    }
}
