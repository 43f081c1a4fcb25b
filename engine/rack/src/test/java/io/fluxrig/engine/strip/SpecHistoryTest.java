package io.fluxrig.engine.strip;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.SpecCatalog;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SpecHistoryTest {
    private static final Spec SPEC = SpecLoader.load(Path.of("..", "..", "config", "specs", "v87-ascii.yaml"))
            .spec();

    private final SpecCatalog first = TestGears.specs(SPEC);
    private final SpecHistory history = new SpecHistory(first);

    @Test
    void shouldKnowWhatRanHoweverOftenAChangeIsGivenUp() {
        for (int i = 0; i < 2 * SpecHistory.CATALOGS_MAX; i++) {
            history.begin(another());
            history.giveUp();
        }

        assertThat(history.newest()).isSameAs(first);
        assertThat(history.byHash(SPEC.shortHash())).isSameAs(SPEC);
    }

    @Test
    void shouldForgetWhatRanLongAgo() {
        for (int i = 0; i < SpecHistory.CATALOGS_MAX; i++) {
            history.begin(another());
            history.enter();
        }

        assertThat(history.byHash(SPEC.shortHash())).isNull();
    }

    @Test
    void shouldMakeGearsUnderWhatIsTried() {
        SpecCatalog next = another();
        history.begin(next);
        assertThat(history.newest()).isSameAs(next);

        history.enter();
        assertThat(history.newest()).isSameAs(next);
    }

    @Test
    void shouldKnowWhatWasGivenUpLast() {
        SpecHistory other = new SpecHistory(another());
        other.begin(first);
        other.giveUp();
        assertThat(other.byHash(SPEC.shortHash())).isSameAs(SPEC);

        other.begin(another());
        assertThat(other.byHash(SPEC.shortHash())).isNull();
    }

    @Test
    void shouldKnowAScenarioThatRunsAgainOnce() {
        history.begin(another());
        history.enter();
        for (int i = 0; i < SpecHistory.CATALOGS_MAX; i++) {
            history.begin(first);
            history.enter();
        }

        assertThat(history.newest()).isSameAs(first);
        assertThat(history.byHash(SPEC.shortHash())).isSameAs(SPEC);
    }

    private static SpecCatalog another() {
        return new SpecCatalog() {
            @Override
            public Spec bySpecPath(String specPath) {
                throw new IllegalArgumentException(specPath);
            }

            @Override
            public Spec byHash(String specHash) {
                return null;
            }
        };
    }
}
