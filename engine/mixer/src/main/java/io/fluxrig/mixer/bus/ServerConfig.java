package io.fluxrig.mixer.bus;

import io.fluxrig.engine.control.Subjects;
import io.fluxrig.transport.bus.BusLogin;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the configuration of a nats-server. Who has no login may say hello and hear the answer; a rack that is admitted may say how
 * it is, hear what is meant for it, and use the stream of the wires between racks; the mixer may everything.
 */
final class ServerConfig {
    /** What connects without a login is taken for this user, and nats-server wants a password for that; it opens no more. */
    private static final String ENROL = "user: enrol, password: none";

    private ServerConfig() {}

    /** @param racks logins of the racks that are admitted, by name */
    static String write(ServerSettings settings, Map<String, byte[]> racks) {
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
                .append(", cipher: aes }\n");
        text.append("no_auth_user: enrol\n");
        text.append("authorization {\n  timeout: 5\n  users = [\n");
        user(text, ENROL, List.of(Subjects.HELLO), List.of(Subjects.ENROL_INBOX + ".>", Subjects.notify("*")));
        text.append("    { nkey: ").append(BusLogin.nkey(settings.mixerLogin())).append(" }\n");
        racks.forEach((name, login) -> user(text, "nkey: " + BusLogin.nkey(login), publish(), subscribe(name)));
        return text.append("  ]\n}\n").toString();
    }

    /** What a rack that is admitted may say. */
    private static List<String> publish() {
        return List.of(
                Subjects.HELLO,
                Subjects.HEARTBEAT,
                "flux.msg.>",
                "flux.confirm.>",
                "flux.peer.>",
                "$JS.API.INFO",
                "$JS.API.STREAM.INFO.flux-msg",
                "$JS.API.STREAM.CREATE.flux-msg",
                "$JS.API.STREAM.UPDATE.flux-msg",
                "$JS.API.STREAM.MSG.GET.flux-msg",
                "$JS.API.CONSUMER.CREATE.flux-msg.>",
                "$JS.API.CONSUMER.DURABLE.CREATE.flux-msg.>",
                "$JS.API.CONSUMER.INFO.flux-msg.>",
                "$JS.API.CONSUMER.MSG.NEXT.flux-msg.>",
                "$JS.ACK.flux-msg.>",
                RackLine.INBOX + ".>");
    }

    private static List<String> subscribe(String rack) {
        return List.of(
                Subjects.scenario(rack),
                Subjects.order(rack),
                Subjects.notify("*"),
                Subjects.inbox(rack) + ".>",
                "flux.confirm." + rack + ".>",
                "flux.peer.*");
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

    private static String host(ServerSettings settings) {
        return settings.bind().host().isEmpty() ? "0.0.0.0" : settings.bind().host();
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
