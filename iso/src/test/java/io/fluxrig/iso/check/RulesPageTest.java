package io.fluxrig.iso.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Deployment;
import io.fluxrig.iso.spec.SpecLoad;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The worked example of docs/rules.md is a spec that loads, and finds what the page says. */
class RulesPageTest {
    @Test
    void shouldFindWhatThePageSays() throws Exception {
        String page = Files.readString(Deployment.file("docs/rules.md"));
        int from = page.indexOf("```yaml\n") + 8;
        SpecLoad load = SpecLoader.load(
                "rules.md", page.substring(from, page.indexOf("```", from)).getBytes(StandardCharsets.UTF_8));
        assertThat(load.faults()).isEmpty();
        MessageCheck check = new MessageCheck(load.orThrow());
        IsoMessage message = new IsoMessage();
        message.setMti(100);
        message.setAscii(2, "4761739001010119");
        message.setAscii(3, "000000");
        message.setAscii(4, "000000012345");
        message.setAscii(7, "1326101500");
        message.setAscii(11, "000042");
        message.setAscii(22, "051");

        check.check(message);

        assertThat(page).contains("codec.violations  " + check.violations().text() + "\n");
    }
}
