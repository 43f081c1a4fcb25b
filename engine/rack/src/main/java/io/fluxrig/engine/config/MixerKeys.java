package io.fluxrig.engine.config;

import io.fluxrig.engine.gear.ConfigKey;
import java.util.List;

/** Every key of {@code mixer.toml}, declared once, as {@link NodeKeys} does for a rack. */
public final class MixerKeys {
    public static final String MIXER_RACK_AWAY = "mixer.rack_away";
    public static final String MIXER_PUSH_AGAIN = "mixer.push_again";

    public static final String MIXER_NAMES = "mixer.names";
    public static final String MIXER_CERTIFICATE_LIFE = "mixer.certificate_life";

    public static final String MIXER_LEASE = "mixer.lease";

    public static final String API_ADVERTISE = "api.advertise";
    public static final String API_BIND = "api.bind";
    public static final String API_TLS = "api.tls";
    public static final String API_TOKEN_FILE = "api.token_file";
    public static final String API_BODY_MAX = "api.body_max";

    public static final String REGISTRY_URL = "registry.url";
    public static final String REGISTRY_PASSWORD_FILE = "registry.password_file";
    public static final String REGISTRY_TLS = "registry.tls";
    public static final String REGISTRY_CA_FILE = "registry.ca_file";
    public static final String REGISTRY_TIMEOUT = "registry.timeout";

    public static final String SECRETS_KEEPER = "secrets.keeper";
    public static final String SECRETS_KEY_FILE = "secrets.key_file";
    public static final String SECRETS_TIMEOUT = "secrets.timeout";
    public static final String SECRETS_CA_FILE = "secrets.ca_file";
    public static final String SECRETS_VAULT_URL = "secrets.vault_url";
    public static final String SECRETS_VAULT_MOUNT = "secrets.vault_mount";
    public static final String SECRETS_VAULT_KEY = "secrets.vault_key";
    public static final String SECRETS_VAULT_NAMESPACE = "secrets.vault_namespace";
    public static final String SECRETS_VAULT_TOKEN_FILE = "secrets.vault_token_file";
    public static final String SECRETS_KMS_KEY = "secrets.kms_key";
    public static final String SECRETS_KMS_REGION = "secrets.kms_region";
    public static final String SECRETS_KMS_URL = "secrets.kms_url";
    public static final String SECRETS_KMS_CREDENTIALS_FILE = "secrets.kms_credentials_file";

    /** Values of {@link #SECRETS_KEEPER}. */
    public static final String KEEPER_FILE = "file";

    public static final String KEEPER_VAULT = "vault";
    public static final String KEEPER_AWS_KMS = "aws_kms";

    public static final String ENROLLMENT_AUTO_ADOPT = "enrollment.auto_adopt";
    public static final String ENROLLMENT_ADOPT_DECLARED = "enrollment.adopt_declared";
    public static final String ENROLLMENT_PENDING_MAX = "enrollment.pending_max";
    public static final String ENROLLMENT_PASSPORT_LIFE = "enrollment.passport_life";

    public static final String ENROLLMENT_JOIN_LIFE = "enrollment.join_life";

    public static final String SNAKE_URL = "snake.url";
    public static final String SNAKE_CREDS_FILE = "snake.creds_file";
    public static final String SNAKE_BIND = "snake.bind";
    public static final String SNAKE_TLS = "snake.tls";
    public static final String SNAKE_SERVER = "snake.server";
    public static final String SNAKE_KEEP_SERVER = "snake.keep_server";

    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;

    /** Values of {@link #API_TLS} and {@link #SNAKE_TLS}. */
    public static final String TLS_AUTO = "auto";

    public static final String TLS_ON = "on";
    public static final String TLS_OFF = "off";

    private static final ConfigKey BASE = ConfigKey.section(
            "base",
            "What every node has.",
            ConfigKey.path(
                    "data_dir",
                    "data/mixer",
                    "Folder for everything the mixer writes, relative to where it starts: registry, artefacts, its keys,"
                            + " the API token. Back it up."));

    private static final ConfigKey MIXER = ConfigKey.section(
            "mixer",
            "The control plane.",
            ConfigKey.duration("rack_away", "20s", "A rack that has not been heard of for that long is shown as away.")
                    .within(SECOND, HOUR),
            ConfigKey.text(
                    "names",
                    "",
                    "Names and addresses under which racks and operators reach this machine, with commas between them; its"
                            + " certificate is for them, and for those that the machine itself knows."),
            ConfigKey.duration(
                            "certificate_life",
                            "90d",
                            "The mixer's own certificate, for its API and its nats-server, is good for that long, and"
                                    + " renewed once a third is left.")
                    .within(SECOND, 3650 * DAY),
            ConfigKey.duration(
                            "push_again",
                            "30s",
                            "A scenario is sent again to a rack that is there and has not said in that time what came of"
                                    + " it.")
                    .within(SECOND, HOUR),
            ConfigKey.duration(
                            "lease",
                            "6s",
                            "Of mixers that share a registry one leads, and renews its lease each quarter of that; another one"
                                    + " takes over that long after the last renewal, and a quarter more. The same on all.")
                    .within(2 * SECOND, 60 * SECOND));

    private static final ConfigKey API = ConfigKey.section(
            "api",
            "REST API for operators and the fluxrig commands. A token is needed.",
            ConfigKey.text("bind", "127.0.0.1:8090", "Address to listen on.").as(ConfigKey.Type.ADDRESS),
            ConfigKey.choice(
                    "tls",
                    TLS_AUTO,
                    "HTTPS with TLS 1.3; auto: where bind is beyond loopback.",
                    TLS_AUTO,
                    TLS_ON,
                    TLS_OFF),
            ConfigKey.path(
                    "token_file",
                    "authority/api.token",
                    "Tokens that requests carry, a line each: TOKEN, NAME TOKEN, or NAME TOKEN read; relative to"
                            + " base.data_dir, looked at each second; made at the first start, for this user only."),
            ConfigKey.text(
                    "advertise",
                    "",
                    "Where others reach this API, http://host:port or https://host:port: what mixers that stand by refer to;"
                            + " empty: as bind has it, if that is beyond loopback."),
            ConfigKey.size("body_max", "8MiB", 64 * KIB, 64 * MIB, "A request with a longer body is refused."));

    private static final ConfigKey REGISTRY = ConfigKey.section(
            "registry",
            "What the mixer must not forget: racks, scenarios, who changed what. Without a url a DuckDB file in base.data_dir.",
            ConfigKey.text(
                    "url",
                    "",
                    "Database that several mixers can share, PostgreSQL or what speaks its protocol:"
                            + " postgresql://user@host:port/database, several hosts with commas; empty: the file."),
            ConfigKey.text(
                    "password_file",
                    "",
                    "File with the user's password, for the mixer's user only, relative to base.data_dir; empty: none."),
            ConfigKey.choice(
                    "tls",
                    "verify",
                    "verify: TLS, and the database's certificate must be signed by registry.ca_file for the host's name;"
                            + " off: none, for loopback or a tunnel.",
                    "verify",
                    TLS_OFF),
            ConfigKey.text(
                    "ca_file",
                    "",
                    "Certificates (PEM) of who signs the database's, relative to base.data_dir; empty: whom the JVM"
                            + " trusts."),
            ConfigKey.duration(
                            "timeout",
                            "3s",
                            "One question to the database takes no longer; then it counts as away, and the API answers 503.")
                    .within(100 * MS, 60 * SECOND));

    private static final ConfigKey SECRETS = ConfigKey.section(
            "secrets",
            "Keys that the mixer makes for its racks: sealed in the registry under a key that whoever is named here keeps.",
            ConfigKey.choice(
                    "keeper",
                    KEEPER_FILE,
                    "file: secrets.key_file; vault: HashiCorp Vault's transit engine; aws_kms: AWS KMS. What one of the others"
                            + " wrapped opens as long as its keys stand here too.",
                    KEEPER_FILE,
                    KEEPER_VAULT,
                    KEEPER_AWS_KMS),
            ConfigKey.path(
                    "key_file",
                    "authority/secret.key",
                    "Keys of keeper file, a line each, the last one wraps; relative to base.data_dir; made when it is first needed,"
                            + " for this user only. The same on all mixers that share a registry."),
            ConfigKey.duration("timeout", "3s", "Vault or AWS KMS must answer within that time.")
                    .within(100 * MS, 60 * SECOND),
            ConfigKey.text(
                    "ca_file",
                    "",
                    "Certificates (PEM) of who signs those of Vault or AWS KMS, relative to base.data_dir; empty: whom the JVM"
                            + " trusts."),
            ConfigKey.text("vault_url", "", "Where Vault is, https://host:port; http:// on loopback alone."),
            ConfigKey.text("vault_mount", "transit", "Where its transit engine is mounted."),
            ConfigKey.text("vault_key", "fluxrig", "The key there that wraps, of type aes256-gcm96."),
            ConfigKey.text("vault_namespace", "", "Namespace of that engine; empty: none."),
            ConfigKey.text(
                    "vault_token_file",
                    "",
                    "File with the token for Vault, for the mixer's user only, relative to base.data_dir, read for each request;"
                            + " empty: the variable VAULT_TOKEN."),
            ConfigKey.text("kms_key", "", "Id, alias or ARN of the key in AWS KMS that wraps."),
            ConfigKey.text("kms_region", "", "Region of that key, such as eu-central-1."),
            ConfigKey.text(
                    "kms_url",
                    "",
                    "Where AWS KMS is, https://host; http:// on loopback alone; empty: AWS's own of the region."),
            ConfigKey.text(
                    "kms_credentials_file",
                    "",
                    "File with aws_access_key_id and aws_secret_access_key under [default], for the mixer's user only, relative to"
                            + " base.data_dir; empty: the variables AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN."));

    private static final ConfigKey ENROLLMENT = ConfigKey.section(
            "enrollment",
            "How racks come in.",
            ConfigKey.flag(
                    "auto_adopt",
                    false,
                    "Approve every rack that says hello under a name that nobody has. For trials: whoever reaches NATS gets"
                            + " in."),
            ConfigKey.flag(
                    "adopt_declared",
                    false,
                    "Approve a rack that says hello under a name that nobody has, if a scenario was activated for it that declares"
                            + " that name under racks: whoever is first to reach NATS under that name gets in, with keys."),
            ConfigKey.number(
                    "pending_max", 256L, 1, 65_536, "Racks that wait for approval; more are told to come later."),
            ConfigKey.duration(
                            "passport_life",
                            "365d",
                            "A passport, and the certificate with it, is good for that long, and renewed at a rack's hello once a third is left.")
                    .within(SECOND, 3650 * DAY),
            ConfigKey.duration(
                            "join_life",
                            "30d",
                            "authority/join.pem, with which racks say hello over TLS, is good for that long, and renewed once a"
                                    + " third is left.")
                    .within(SECOND, 3650 * DAY));

    private static final ConfigKey SNAKE = ConfigKey.section(
            "snake",
            "NATS, to which racks and mixer connect. Without a url the mixer runs a nats-server of its own.",
            ConfigKey.text(
                    "url",
                    "",
                    "NATS servers that are there already, nats://host:port or tls://host:port, several with commas; empty:"
                            + " one of its own."),
            ConfigKey.text(
                    "creds_file",
                    "",
                    "File with the mixer's NATS credentials for snake.url, relative to base.data_dir; empty: none."),
            NodeKeys.TLS_CA_FILE,
            NodeKeys.TLS_CERT_FILE,
            NodeKeys.TLS_KEY_FILE,
            ConfigKey.text("bind", "127.0.0.1:4222", "Where a nats-server of its own listens.")
                    .as(ConfigKey.Type.ADDRESS),
            ConfigKey.choice(
                    "tls",
                    TLS_AUTO,
                    "TLS 1.3 with certificates at both ends on a nats-server of its own; auto: where bind is beyond loopback.",
                    TLS_AUTO,
                    TLS_ON,
                    TLS_OFF),
            ConfigKey.text(
                    "server", "", "The program nats-server; empty: looked for where packages put it, and on PATH."),
            ConfigKey.flag(
                    "keep_server",
                    false,
                    "Leave the nats-server of its own running when the mixer stops, for the wires between racks."));

    /** The keys of {@code mixer.toml}. */
    public static final NodeFileKeys FILE = new NodeFileKeys(
            "mixer",
            List.of(BASE, NodeKeys.logging("logs/mixer.log"), MIXER, API, REGISTRY, SECRETS, ENROLLMENT, SNAKE));

    private MixerKeys() {}
}
