package io.fluxrig.load;

import io.fluxrig.iso.frame.Framing;
import io.fluxrig.iso.frame.Variant;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.WireSpec;
import io.fluxrig.load.mix.Mix;
import io.fluxrig.load.mix.Template;
import io.fluxrig.load.net.SignOn;
import io.fluxrig.load.pace.Rate;
import io.fluxrig.load.tally.AnswerClass;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Small plans for tests, each a variation of {@link #plan}. */
public final class Plans {
    public static final WireSpec ASCII = base("moov:spec87ascii");
    public static final WireSpec BCD = base("fluxrig:v87-binary");

    public static final Template PURCHASE = new Template(
            "purchase",
            1,
            100,
            Map.of(
                    2, "$PAN(411111,16)",
                    3, "000000",
                    4, "$RAND(100,50000)",
                    7, "$NOW",
                    11, "$STAN",
                    37, "$RRN",
                    41, "$TERM",
                    49, "978"));

    private Plans() {}

    private static WireSpec base(String name) {
        String text = "spec: { id: t, version: 1.0.0, wire: { source: '" + name + "' } }";
        return SpecLoader.load(name, text.getBytes(StandardCharsets.UTF_8))
                .orThrow()
                .wire();
    }

    /** Two connections, {@code count} messages at 1000 a second, and patience with a busy machine. */
    public static LoadPlan plan(InetSocketAddress target, int count) {
        return plan(target, "1000", TimeUnit.MILLISECONDS.toNanos(count), 2, 64, null);
    }

    /** The same plan over TLS. */
    static LoadPlan over(LoadPlan.Tls tls, LoadPlan p) {
        return with(tls, p.wire().connectTimeoutNs(), p);
    }

    /** The same plan with 50 ms to connect. */
    static LoadPlan hasty(LoadPlan p) {
        return with(p.wire().tls(), TimeUnit.MILLISECONDS.toNanos(50), p);
    }

    private static LoadPlan with(LoadPlan.Tls tls, long connectTimeoutNs, LoadPlan p) {
        LoadPlan.Wire w = p.wire();
        LoadPlan.Wire wire = new LoadPlan.Wire(
                w.connections(), w.inFlightMax(), w.threads(), connectTimeoutNs, w.framing(), w.spec(), tls);
        return with(wire, p.warmupNs(), p.deadlineNs(), p.signOn(), p);
    }

    /** The same plan with a sign-on first. */
    static LoadPlan signingOn(LoadPlan p) {
        return with(p.wire(), p.warmupNs(), p.deadlineNs(), SignOn.TEMPLATE, p);
    }

    /** The same plan, whose first part is not measured. */
    public static LoadPlan warmingUp(LoadPlan p, long warmupNs) {
        return with(p.wire(), warmupNs, p.deadlineNs(), p.signOn(), p);
    }

    /** The same plan, for which answers are late after that. */
    static LoadPlan strict(LoadPlan p, long deadlineNs) {
        return with(p.wire(), p.warmupNs(), deadlineNs, p.signOn(), p);
    }

    /** The same plan, which watches for second answers that long. */
    static LoadPlan settling(LoadPlan p, long settleNs) {
        return with(p.wire(), p.warmupNs(), settleNs, p.deadlineNs(), p.signOn(), p);
    }

    private static LoadPlan with(LoadPlan.Wire wire, long warmupNs, long deadlineNs, Template signOn, LoadPlan p) {
        return with(wire, warmupNs, p.settleNs(), deadlineNs, signOn, p);
    }

    private static LoadPlan with(
            LoadPlan.Wire wire, long warmupNs, long settleNs, long deadlineNs, Template signOn, LoadPlan p) {
        return new LoadPlan(
                p.target(),
                wire,
                p.rate(),
                p.durationNs(),
                warmupNs,
                p.graceNs(),
                settleNs,
                deadlineNs,
                p.mix(),
                signOn,
                p.seed(),
                p.timeoutCodes(),
                p.histogramLog());
    }

    static LoadPlan plan(
            InetSocketAddress target, String rate, long durationNs, int connections, int inFlight, Path hlog) {
        LoadPlan.Wire wire = new LoadPlan.Wire(
                connections,
                inFlight,
                1,
                TimeUnit.SECONDS.toNanos(5),
                Framing.builder(Variant.GENERIC).build(),
                ASCII,
                null);
        return new LoadPlan(
                target,
                wire,
                Rate.parse(rate, false, durationNs),
                durationNs,
                0,
                TimeUnit.SECONDS.toNanos(10),
                TimeUnit.MILLISECONDS.toNanos(200),
                0,
                new Mix("test", List.of(PURCHASE)),
                null,
                1,
                AnswerClass.TIMEOUT_CODES,
                hlog);
    }
}
