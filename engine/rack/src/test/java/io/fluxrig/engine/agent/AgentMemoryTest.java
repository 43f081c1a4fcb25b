package io.fluxrig.engine.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.control.Heartbeat;
import io.fluxrig.engine.passport.Cbor;
import io.fluxrig.engine.passport.OwnFile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentMemoryTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("agent.cbor");
    }

    @Test
    void shouldStayKilledWhenASuspendedRackIsActivated() throws Exception {
        AgentMemory.NONE.hold("kill").suspend(true).write(file);

        AgentMemory suspended = AgentMemory.read(file);

        assertThat(suspended.heldBy()).isEqualTo("suspended");
        assertThat(suspended.suspend(false).heldBy()).isEqualTo("kill");
    }

    @Test
    void shouldStaySuspendedWhenNoOrderHoldsItAnyMore() {
        assertThat(AgentMemory.NONE.hold("kill").suspend(true).hold("").heldBy())
                .isEqualTo("suspended");
    }

    @Test
    void shouldReadAFileWithoutAWordOnSuspension() throws Exception {
        OwnFile.write(file, Cbor.write(new Before("drain", "ab", 7, "changed", "runs", 9)));

        AgentMemory read = AgentMemory.read(file);

        assertThat(read).isEqualTo(new AgentMemory("drain", "ab", 7, "changed", "runs", 9, false, 0L, null, null));
        assertThat(read.suspended()).isFalse();
    }

    @Test
    void shouldReadAFileWhereSuspensionWasAnOrder() throws Exception {
        OwnFile.write(file, Cbor.write(new Before("suspended", "", 0, "", "", 0)));

        AgentMemory read = AgentMemory.read(file);

        assertThat(read.suspended()).isTrue();
        assertThat(read.suspend(false).heldBy()).isEmpty();
    }

    /** It was written whole, and the next start ended at it. */
    @Test
    void shouldReadAgainWhatItWasToldAtLength() throws Exception {
        AgentMemory.NONE.dealtWith(7, "refused", "x".repeat(1 << 17)).write(file);

        AgentMemory read = AgentMemory.read(file);

        assertThat(read.activation()).isEqualTo(7);
        assertThat(read.text()).hasSize(Heartbeat.TEXT_MAX).startsWith("xxx");
    }

    private record Before(String held, String scenario, long activation, String outcome, String text, long mixerMs) {}
}
