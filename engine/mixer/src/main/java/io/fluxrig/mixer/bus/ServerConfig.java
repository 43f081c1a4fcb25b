package io.fluxrig.mixer.bus;

import io.fluxrig.engine.control.Subjects;
import io.fluxrig.transport.bus.BusLogin;
import io.fluxrig.transport.snake.Snake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the configuration of a nats-server. Who has no login, and with TLS the certificate of the join file, may say hello and hear the answer; a rack that is admitted may say how
 * it is, hear what is meant for it, and what the wires of its scenario need of the stream; the mixer may everything.
 */
final class ServerConfig {
    private static final String STREAM = "flux-msg";

    /** What connects without a login is taken for this user, and nats-server wants a password for that; it opens no more. */
    private static final String ENROL = "user: enrol, password: none";

    /** All there are in TLS 1.3, and so no older one: nats-server 2.9 knows no other way to say it. */
    private static final List<String> CIPHERS =
            List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");

    /** As much as a rack may ask for its stream (snake.stream_bytes), and as much again for buckets, which have no limit. */
    private static final long STORE_MAX = 2L << 40;

    /** There are no streams in memory. */
    private static final long MEMORY_MAX = 64L << 20;

    private ServerConfig() {}

    /**
     * @param racks logins of the racks that are admitted, by name
     * @param rights what racks may do on the wires between racks; whose are missing may nothing
     */
    static String write(ServerSettings settings, Map<String, byte[]> racks, Map<String, WireRights> rights) {
        StringBuilder text = new StringBuilder(2048);
        text.append("# Written by the mixer, and again with every change: edit mixer.toml instead.\n");
        text.append("server_name: fluxrig\n");
        text.append("listen: ")
                .append(quote(host(settings) + ":" + settings.bind().port()))
                .append('\n');
        text.append("pid_file: ")
                .append(quote(settings.folder().resolve("nats.pid").toString()))
                .append('\n');
        text.append("log_file: ")
                .append(quote(settings.folder().resolve("nats.log").toString()))
                .append('\n');
        text.append("logfile_size_limit: 16777216\n");
        text.append("max_payload: ").append(ServerSettings.PAYLOAD_MAX).append('\n');
        text.append("max_pending: 67108864\n");
        text.append("max_control_line: 4096\n");
        text.append("jetstream { store_dir: ")
                .append(quote(settings.folder().toString()))
                .append(", key: ")
                .append(quote(settings.storeKey()))
                .append(", cipher: aes, max_file_store: ")
                .append(STORE_MAX)
                .append(", max_memory_store: ")
                .append(MEMORY_MAX)
                .append(" }\n");
        String joiner =
                settings.tls() == null ? ENROL : "user: " + quote(settings.tls().joiner());
        text.append(settings.tls() == null ? "no_auth_user: enrol\n" : tls(settings.tls()));
        text.append("authorization {\n  timeout: 5\n  users = [\n");
        user(text, joiner, List.of(Subjects.HELLO), List.of(Subjects.ENROL_INBOX + ".>", Subjects.notify("*")));
        text.append("    { nkey: ").append(BusLogin.nkey(settings.mixerLogin())).append(" }\n");
        racks.forEach((name, login) -> {
            WireRights wires = rights.getOrDefault(name, WireRights.NONE);
            user(text, "nkey: " + BusLogin.nkey(login), publish(wires), subscribe(name, wires));
        });
        return text.append("  ]\n}\n").toString();
    }

    /** A certificate of the cluster opens the connection; what may be done with it, its login says, or the joiner's name in it. */
    private static String tls(ServerTls tls) {
        return "tls { cert_file: " + quote(tls.files().certificate().toString()) + ", key_file: "
                + quote(tls.files().key().toString()) + ", ca_file: "
                + quote(tls.files().authorities().toString()) + ", verify_and_map: true, timeout: 5, cipher_suites: "
                + list(CIPHERS) + " }\n";
    }

    /** What a rack that is admitted may say. */
    private static List<String> publish(WireRights wires) {
        List<String> allowed = new ArrayList<>(List.of(Subjects.HELLO, Subjects.HEARTBEAT, RackLine.INBOX + ".>"));
        if (wires.any()) {
            // who needs the stream first makes it; one that is there is not changed by that
            allowed.add("$JS.API.STREAM.INFO." + STREAM);
            allowed.add("$JS.API.STREAM.CREATE." + STREAM);
        }
        allowed.addAll(wires.sends());
        if (wires.asks() || !wires.receives().isEmpty()) {
            allowed.add("$JS.API.STREAM.MSG.GET." + STREAM);
        }
        for (String subject : wires.receives()) {
            allowed.add(peer(subject));
            String consumer = STREAM + "." + Snake.consumer(subject);
            // the server sees to it that name and filter in the request are those in its subject
            allowed.add("$JS.API.CONSUMER.CREATE." + consumer + "." + subject);
            allowed.add("$JS.API.CONSUMER.INFO." + consumer);
            allowed.add(
                    "$JS.API.CONSUMER.DELETE." + consumer); // its own, where the stream holds what that never offers
            allowed.add("$JS.API.CONSUMER.MSG.NEXT." + consumer);
            allowed.add("$JS.ACK." + consumer + ".>");
        }
        wires.confirmsTo().forEach(rack -> allowed.add("flux.confirm." + rack + ".>"));
        for (String bucket : wires.buckets()) {
            String stream = "KV_" + bucket;
            allowed.add("$JS.API.STREAM.INFO." + stream);
            allowed.add("$JS.API.STREAM.CREATE." + stream);
            allowed.add("$JS.API.STREAM.MSG.GET." + stream);
            allowed.add("$KV." + bucket + ".>");
        }
        return allowed;
    }

    private static List<String> subscribe(String rack, WireRights wires) {
        List<String> allowed = new ArrayList<>(List.of(
                Subjects.scenario(rack), Subjects.order(rack), Subjects.notify("*"), Subjects.inbox(rack) + ".>"));
        if (!wires.sends().isEmpty()) {
            allowed.add("flux.confirm." + rack + ".>");
        }
        wires.sends().stream().map(ServerConfig::peer).distinct().forEach(allowed::add);
        return allowed;
    }

    /** Where the racks at the far end of {@code flux.msg.NAME.GEAR.PORT} say that they are there. */
    private static String peer(String subject) {
        int name = "flux.msg.".length();
        return "flux.peer." + subject.substring(name, subject.indexOf('.', name));
    }

    private static void user(StringBuilder text, String login, List<String> publish, List<String> subscribe) {
        text.append("    { ")
                .append(login)
                .append(", permissions: { publish: { allow: ")
                .append(list(publish))
                .append(" }, subscribe: { allow: ")
                .append(list(subscribe))
                .append(" } } }\n");
    }

    private static String list(List<String> subjects) {
        return subjects.stream().map(ServerConfig::quote).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Where it listens: everywhere, unless it is told where. */
    static String host(ServerSettings settings) {
        return settings.bind().host().isEmpty() ? "0.0.0.0" : settings.bind().host();
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
