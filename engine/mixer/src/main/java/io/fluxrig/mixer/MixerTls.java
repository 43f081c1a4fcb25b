package io.fluxrig.mixer;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.config.MixerKeys;
import io.fluxrig.engine.config.NodeConfig;
import io.fluxrig.engine.passport.PassportException;
import io.fluxrig.mixer.api.Api;
import io.fluxrig.mixer.authority.Authority;
import io.fluxrig.mixer.authority.MixerCertificate;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The mixer's authority and its own certificate, which is renewed while the mixer runs. Any thread. */
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
        certificate.renew();
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

    /** Whether a key's value asks for TLS on that address. */
    static boolean wanted(String value, Address bind) {
        return value.equals(MixerKeys.TLS_ON) || value.equals(MixerKeys.TLS_AUTO) && !bind.isLoopback();
    }

    Authority authority() {
        return authority;
    }

    MixerCertificate certificate() {
        return certificate;
    }

    /** Whether the API is served over TLS. */
    boolean onApi(Address bind) {
        return wanted(config.text(MixerKeys.API_TLS), bind);
    }

    /** Renews from now on what is about to expire, and has it used. */
    void keepRenewed(Vertx vertx, MixerNats nats, Api api) {
        vertx.setPeriodic(
                lookMs,
                look -> vertx.executeBlocking(() -> {
                            renew(nats, api);
                            return null;
                        })
                        .onFailure(failed -> LOG.error("certificates were not renewed: {}", failed.getMessage())));
    }

    private void renew(MixerNats nats, Api api) throws PassportException {
        if (nats.tls()) {
            authority.join(config.durationNs(MixerKeys.ENROLLMENT_JOIN_LIFE) / NS_PER_MS);
        }
        if (certificate.renew()) {
            LOG.info("this mixer's certificate was renewed");
            nats.certificateRenewed();
            api.certificateRenewed();
        }
    }

    /** What an operator has to know of it at the start. */
    List<String> lines(MixerNats nats, Address api) {
        List<String> lines = new ArrayList<>();
        if (nats.tls()) {
            lines.add("racks on other machines: copy " + authority.joinFile().toAbsolutePath()
                    + " into the base.data_dir of each, and start it with --set snake.url=tls://HOST:PORT");
        }
        if (onApi(api)) {
            lines.add("commands on other machines: --api https://HOST:" + api.port() + " --ca-file, a copy of "
                    + authority.certificateFile().toAbsolutePath() + " --token-file, a copy of the token");
        }
        return lines;
    }
}
