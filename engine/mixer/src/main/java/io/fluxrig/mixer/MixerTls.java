package io.fluxrig.mixer;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.config.MixerDoors;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.fault.FailureWords;
import io.fluxrig.engine.passport.JoinFile;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.mixer.authority.Authority;
import io.fluxrig.mixer.authority.MixerCertificate;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mixer's authority and, where it speaks TLS, its own certificate, which is renewed while the mixer runs. Any thread. */
final class MixerTls {
    private static final Logger LOG = LoggerFactory.getLogger(MixerTls.class);
    private static final long NS_PER_MS = 1_000_000;
    private static final long LOOK_MS_MAX = 3_600_000;
    /** Looks in the time in which a certificate may be renewed. */
    private static final long LOOKS = 6;

    private final NodeConfig config;
    private final Authority authority;
    private final MixerCertificate certificate;
    private final long lookMs;

    /** Where racks connect. */
    interface Door {
        /** Whether racks reach it over TLS with certificates of this cluster. */
        boolean tls();

        /** Whose certificate opens hello, where it is this mixer's own. */
        void joinedBy(String joiner);

        /** Has it, where it is this mixer's own, show its certificate as it is now. */
        void certificateRenewed();
    }

    private MixerTls(NodeConfig config, Authority authority, MixerCertificate certificate, long lookMs) {
        this.config = config;
        this.authority = authority;
        this.certificate = certificate;
        this.lookMs = lookMs;
    }

    /**
     * Opens what there is, or makes it.
     *
     * @throws PassportException if it cannot be used; the text is for the operator
     */
    static MixerTls open(NodeConfig config, Path data, InstantSource clock) throws PassportException {
        Authority authority = Authority.open(data, clock);
        long lifeMs = config.durationNs(MixerKeys.MIXER_CERTIFICATE_LIFE) / NS_PER_MS;
        MixerCertificate certificate = new MixerCertificate(authority, data, names(config), lifeMs, clock);
        if (speaks(config)) {
            certificate.renew();
        }
        long joinMs = config.durationNs(MixerKeys.ENROLLMENT_JOIN_LIFE) / NS_PER_MS;
        long lookMs = Math.max(1, Math.min(LOOK_MS_MAX, Math.min(lifeMs, joinMs) / LOOKS));
        return new MixerTls(config, authority, certificate, lookMs);
    }

    /** Those that are configured, and where this mixer listens. */
    private static String names(NodeConfig config) {
        StringBuilder names = new StringBuilder(config.text(MixerKeys.MIXER_NAMES));
        for (String key : List.of(MixerKeys.API_BIND, MixerKeys.SNAKE_BIND)) {
            String host = Address.parse(config.text(key)).orElseThrow().host();
            if (!host.isEmpty() && !host.matches("0\\.0\\.0\\.0|::|.*[%_].*")) {
                names.append(',').append(host);
            }
        }
        return names.toString();
    }

    /** Whether anything here is served over TLS; else nobody needs a certificate of this mixer. */
    private static boolean speaks(NodeConfig config) {
        return onNats(config) || MixerDoors.isTls(config, MixerKeys.API_TLS, MixerKeys.API_BIND);
    }

    /** Whether the mixer has a nats-server of its own that speaks TLS. */
    static boolean onNats(NodeConfig config) {
        return config.text(MixerKeys.SNAKE_URL).isBlank()
                && MixerDoors.isTls(config, MixerKeys.SNAKE_TLS, MixerKeys.SNAKE_BIND);
    }

    Authority authority() {
        return authority;
    }

    MixerCertificate certificate() {
        return certificate;
    }

    /** Whether the API is served over TLS. */
    boolean onApi() {
        return MixerDoors.isTls(config, MixerKeys.API_TLS, MixerKeys.API_BIND);
    }

    /** Renews from now on what is about to expire, and has it used. */
    void keepRenewed(Vertx vertx, Door door, Runnable shownOnApi) {
        if (!speaks(config)) {
            return;
        }
        vertx.setPeriodic(
                lookMs,
                look -> vertx.executeBlocking(() -> {
                            renew(door, shownOnApi);
                            return null;
                        })
                        .onFailure(failed ->
                                LOG.error("renewal of certificates failed: {}", FailureWords.of(failed), failed)));
    }

    /** Each for itself: what keeps one from being renewed keeps no other. */
    void renew(Door door, Runnable shownOnApi) {
        attempt("this mixer's certificate", () -> {
            if (certificate.renew()) {
                LOG.info("this mixer's certificate was renewed");
                door.certificateRenewed();
                shownOnApi.run();
            }
        });
        if (door.tls()) {
            attempt(
                    JoinFile.NAME,
                    () -> door.joinedBy(authority.join(config.durationNs(MixerKeys.ENROLLMENT_JOIN_LIFE) / NS_PER_MS)));
        }
    }

    private interface Renewal {
        void make() throws PassportException;
    }

    private static void attempt(String what, Renewal renewal) {
        try {
            renewal.make();
        } catch (PassportException unusable) {
            LOG.error("{} was not renewed: {}", what, unusable.getMessage());
        }
    }

    /** What an operator has to know of it at the start. */
    List<String> lines(Door door, Address api) {
        List<String> lines = new ArrayList<>();
        if (door.tls()) {
            lines.add("racks on other machines: copy " + authority.joinFile().toAbsolutePath()
                    + " into the base.data_dir of each, and start it with --set snake.url=tls://HOST:PORT");
        }
        if (onApi()) {
            lines.add("commands on other machines: --api https://HOST:" + api.port() + " --ca-file, a copy of "
                    + authority.certificateFile().toAbsolutePath() + " --token-file, a copy of the token");
        }
        return lines;
    }
}
