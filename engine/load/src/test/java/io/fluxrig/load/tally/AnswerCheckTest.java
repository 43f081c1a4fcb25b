package io.fluxrig.load.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.load.Plans;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.mix.Stencil;
import io.fluxrig.load.mix.StencilCutter;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {
    private static final int CONNECTION = 7;
    private static final long AMOUNT = 1_000;
    private static final long RRN = 123_456_789_012L;

    private final OpenTable table = new OpenTable(0, 1, 999_999);
    private final Tally tally = new Tally(AnswerClass.TIMEOUT_CODES);
    private final AnswerCheck check;

    AnswerCheckTest() throws MixException {
        Stencil stencil = new StencilCutter(Plans.ASCII, body -> body).cut(Plans.PURCHASE);
        check = new AnswerCheck(table, tally, template -> stencil, 0);
    }

    /** The answer to a request that was sent with that card. */
    private IsoMessage asked(String sentCard, String card, String terminal, String rrn) {
        int stan = table.claim();
        String tail = sentCard.substring(Math.max(0, sentCard.length() - 17));
        table.enter(stan, CONNECTION, 0, RRN, Long.parseLong(tail), AMOUNT, 0, 0);
        IsoMessage answer = new IsoMessage();
        answer.setMti(110);
        answer.setAscii(2, card);
        answer.setAscii(11, String.format("%06d", stan));
        answer.setAscii(37, rrn);
        answer.setAscii(39, "00");
        answer.setAscii(41, terminal);
        return answer;
    }

    private Verdict judge(IsoMessage answer) {
        return check.judge(answer, CONNECTION, 1, true);
    }

    private Verdict ofCard(String sent, String answered) {
        return judge(asked(sent, answered, "00300007", "123456789012"));
    }

    @Test
    void shouldTakeTheRequestsOwnNumbersForRight() {
        for (String card : new String[] {"41111111", "4111111111119", "4111111111111111", "4555555555555555553"}) {
            assertThat(ofCard(card, card)).as("length " + card.length()).isEqualTo(Verdict.RIGHT);
        }
    }

    @Test
    void shouldSeeAnotherDigitAnywhereInTheCard() {
        String card = "4555555555555555553";
        for (int i = 2; i < card.length(); i++) {
            String other = card.substring(0, i) + "9" + card.substring(i + 1);
            assertThat(ofCard(card, other)).as("digit " + i).isEqualTo(Verdict.CROSS_WIRED);
        }
    }

    @Test
    void shouldSeeACardThatIsNoNumber() {
        assertThat(ofCard("4111111111111111", "411111111111111*")).isEqualTo(Verdict.CROSS_WIRED);
        assertThat(ofCard("4111111111111111", "4111*11111111111")).isEqualTo(Verdict.CROSS_WIRED);
    }

    @Test
    void shouldSeeAnotherTerminalOrReference() {
        String card = "4111111111111111";

        assertThat(judge(asked(card, card, "00300008", "123456789012"))).isEqualTo(Verdict.CROSS_WIRED);
        assertThat(judge(asked(card, card, "00300007", "123456789013"))).isEqualTo(Verdict.CROSS_WIRED);
        assertThat(judge(asked(card, card, "00300007", "023456789012"))).isEqualTo(Verdict.CROSS_WIRED);
    }

    private IsoMessage right() {
        return asked("4111111111111111", "4111111111111111", "00300007", "123456789012");
    }

    @Test
    void shouldSeeAnotherAmountUnlessAPartIsApproved() {
        IsoMessage same = right();
        same.setAscii(4, "000000001000");
        assertThat(judge(same)).isEqualTo(Verdict.RIGHT);
        IsoMessage other = right();
        other.setAscii(4, "000000000001");
        assertThat(judge(other)).isEqualTo(Verdict.CROSS_WIRED);
        IsoMessage part = right();
        part.setAscii(4, "000000000001");
        part.setAscii(39, "10");
        assertThat(judge(part)).isEqualTo(Verdict.RIGHT);
        assertThat(tally.answers.get(AnswerClass.APPROVED).get()).isEqualTo(2);
    }

    @Test
    void shouldNotTakeAnAnswerWithoutACodeForADecline() {
        IsoMessage answer = right();
        answer.unset(39);

        assertThat(judge(answer)).isEqualTo(Verdict.NO_CODE);
        assertThat(tally.answers.get(AnswerClass.DECLINED).get()).isZero();
        assertThat(tally.errors()).isEqualTo(1);
    }

    @Test
    void shouldTellARefusalAtOnceFromATimeout() {
        String card = "4111111111111111";
        IsoMessage refusal = asked(card, card, "00300007", "123456789012");
        refusal.setAscii(39, "91");
        IsoMessage timeout = asked(card, card, "00300007", "123456789012");
        timeout.setAscii(39, "91");

        check.judge(refusal, CONNECTION, AnswerClass.AT_ONCE_NS - 1, true);
        check.judge(timeout, CONNECTION, AnswerClass.AT_ONCE_NS, true);
        ofCard(card, card);

        assertThat(tally.answers.get(AnswerClass.TIMEOUT).get()).isEqualTo(2);
        assertThat(tally.refused.get()).isEqualTo(1);
    }

    @Test
    void shouldTakeASecondAnswerForADuplicate() {
        IsoMessage answer = asked("4111111111111111", "4111111111111111", "00300007", "123456789012");

        assertThat(judge(answer)).isEqualTo(Verdict.RIGHT);
        assertThat(judge(answer)).isEqualTo(Verdict.DUPLICATE);
    }
}
