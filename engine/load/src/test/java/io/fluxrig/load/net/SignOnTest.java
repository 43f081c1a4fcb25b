package io.fluxrig.load.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.load.Plans;
import io.fluxrig.load.mix.MixException;
import io.fluxrig.load.mix.Stamp;
import io.fluxrig.load.mix.Stencil;
import io.fluxrig.load.mix.StencilCutter;
import io.fluxrig.load.mix.Template;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignOnTest {
    private static final int STAN = 1234;

    private final SignOn signOn = new SignOn(cut(SignOn.TEMPLATE));

    private static Stencil cut(Template template) {
        try {
            return new StencilCutter(Plans.ASCII, body -> body).cut(template);
        } catch (MixException e) {
            throw new AssertionError(e);
        }
    }

    private static IsoMessage answer(String stan, String code) {
        IsoMessage answer = new IsoMessage();
        answer.setMti(810);
        answer.setAscii(11, stan);
        if (code != null) {
            answer.setAscii(39, code);
        }
        return answer;
    }

    @Test
    void shouldAcceptTwoOrThreeZeros() {
        assertThat(signOn.accepts(answer("001234", "00"), STAN)).isTrue();
        assertThat(signOn.accepts(answer("001234", "000"), STAN)).isTrue();
    }

    @Test
    void shouldRefuseAnotherCodeAndSayIt() {
        IsoMessage answer = answer("001234", "05");

        assertThat(signOn.accepts(answer, STAN)).isFalse();
        assertThat(signOn.refusal(answer, STAN)).isEqualTo("sign-on answered with response code 05");
    }

    @Test
    void shouldRefuseAnAnswerWithoutACode() {
        IsoMessage answer = answer("001234", null);

        assertThat(signOn.accepts(answer, STAN)).isFalse();
        assertThat(signOn.refusal(answer, STAN)).isEqualTo("sign-on answered without a response code (field 39)");
    }

    @Test
    void shouldRefuseAnAnswerUnderAnotherStan() {
        IsoMessage answer = answer("001235", "00");

        assertThat(signOn.accepts(answer, STAN)).isFalse();
        assertThat(signOn.refusal(answer, STAN)).contains("another STAN (field 11)");
    }

    @Test
    void shouldKnowItsAnswerByTheMtiThatPairs() {
        SignOn advice = new SignOn(cut(new Template("advice", 1, 820, SignOn.TEMPLATE.fields())));
        IsoMessage answer = new IsoMessage();
        answer.setMti(830);

        assertThat(advice.isAnswer(answer)).isTrue();
        assertThat(signOn.isAnswer(answer)).isFalse();
    }

    @Test
    void shouldRefuseATemplateWhoseAnswerNobodyCouldTell() {
        Stencil fixed = cut(new Template("fixed", 1, 800, Map.of(11, "000001", 70, "001")));

        assertThatThrownBy(() -> new SignOn(fixed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'fixed' field 11");
    }

    @Test
    void shouldWipeTheFrameItIsCutFrom() {
        Stencil stencil = cut(new Template("sign-on", 1, 800, Map.of(11, "$STAN")));
        SignOn wiped = new SignOn(stencil);
        wiped.wipe();

        assertThat(wiped.next(new Stamp(1))).startsWith(0, 0, 0, 0);
    }
}
