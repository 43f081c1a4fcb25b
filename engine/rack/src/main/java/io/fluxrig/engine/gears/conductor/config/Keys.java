package io.fluxrig.engine.gears.conductor.config;

import static io.fluxrig.engine.gear.ConfigKey.choice;
import static io.fluxrig.engine.gear.ConfigKey.duration;
import static io.fluxrig.engine.gear.ConfigKey.number;
import static io.fluxrig.engine.gear.ConfigKey.path;
import static io.fluxrig.engine.gear.ConfigKey.section;
import static io.fluxrig.engine.gear.ConfigKey.sections;
import static io.fluxrig.engine.gear.ConfigKey.text;
import static io.fluxrig.engine.gear.ConfigKey.texts;
import static io.fluxrig.engine.gear.ConfigKey.tree;

import io.fluxrig.engine.gear.ConfigKey;
import io.fluxrig.engine.gears.conductor.route.Breaker;
import java.util.List;

/** The conductor's configuration keys: names, defaults, ranges and what they mean. */
public final class Keys {
    static final String CORRELATION_KEY = "correlation_key";
    static final String CONFIRM_FIELDS = "confirm_fields";
    static final String VALIDATION = "validation";
    static final String RESTAMPED_FIELDS = "restamped_fields";
    static final String ROUTES = "routes";
    static final String NAME = "name";
    static final String MATCH = "match";
    static final String ALSO = "also";
    static final String FIELD = "field";
    static final String PREFIX = "prefix";
    static final String RANGE = "range";
    static final String SET = "set";
    static final String REGEX = "regex";
    static final String TABLE = "table";
    static final String VALUE = "value";
    static final String DESTINATION = "destination";
    static final String TIMEOUT = "timeout";
    static final String HOSTS = "hosts";
    static final String DESTINATIONS = "destinations";
    static final String ORIGIN = "origin";
    static final String PARK_FIELDS = "park_fields";
    static final String VALET = "valet";
    static final String STORE = "store";
    static final String SYNC = "sync";
    static final String SHARE_WAIT = "share_wait";
    static final String UNSHARED = "unshared";
    static final String DEFAULT_TTL = "default_ttl";
    static final String RETAIN_AFTER_CLOSE = "retain_after_close";
    static final String RETAIN_MAX = "retain_max";
    static final String BREAKER = "breaker";
    static final String TRIP_AFTER = "trip_after";
    static final String COOLDOWN = "cooldown";
    static final String HALF_OPEN_PROBES = "half_open_probes";
    static final String MAX_IN_FLIGHT = "max_in_flight";

    static final String OFF = "off";
    static final String MEMORY = "memory";
    static final String LOCAL_DURABLE = "local_durable";
    static final String SHARED = "shared";
    static final String SEND = "send";
    static final String DECLINE = "decline";
    static final long SHARE_WAIT_NS = 250_000_000;

    /** Greatest {@code max_in_flight} and {@code retain_max}: what the slab of one strip holds. */
    static final long TICKETS_MAX = 4_000_000;

    /** In the order in which the documentation lists them. */
    public static final List<ConfigKey> ALL = List.of(
            texts(
                            CORRELATION_KEY,
                            "values that make a request and its answer find each other: iso8583.mti_class, aliases, field"
                                    + " paths; all must be there, in both. The message type counts in any case: 0420 after"
                                    + " 0400 under one key is another request with a ticket and an answer (0430) of its own,"
                                    + " and only the request's own repeat (0401) is taken for a retransmission")
                    .mandatory(),
            texts(
                    CONFIRM_FIELDS,
                    "values beside the key, four at most, that an answer repeats: where both have one and they differ, the"
                            + " answer is not this request's; one that either lacks says nothing. The amount (DE 4) of a"
                            + " partial approval (DE 39 of 10, 002, 0002 or 87) is not compared. Add transmission or local"
                            + " time where the host repeats it, and leave out what it writes anew. If not given: DE 2, 4 and"
                            + " 37; [] compares nothing"),
            choice(
                    VALIDATION,
                    OFF,
                    "whether answers are held against their requests as the response_value in their spec says: echo is the"
                            + " request's value, modified has one of the request to come from; off: no; warn: told in"
                            + " codec.violations and passed on; enforce: one that differs is no answer, leaves on error as"
                            + " unmatched_reply, and its request times out",
                    OFF,
                    "warn",
                    "enforce"),
            texts(
                    RESTAMPED_FIELDS,
                    "whole fields that may differ when a request is sent again; if any other field differs, it is another"
                            + " request and, its key being taken, refused as duplicate. If not given: 7, 52, 53, 64, 96"
                            + " and 128"),
            sections(
                    ROUTES,
                    "in order, the first whose conditions hold takes the request; one without match takes all",
                    text(NAME, null, "name in metrics and status; route-1, route-2, ... if not given"),
                    section(MATCH, "the condition; every request if not given", condition()),
                    sections(ALSO, "further conditions, which must hold too", condition()),
                    tree(
                                    DESTINATION,
                                    "an output port such as out_scheme_a, or failover, round_robin or least_loaded with a list"
                                            + " of destinations")
                            .mandatory(),
                    duration(TIMEOUT, null, "how long an answer may take; valet.default_ttl if not given")),
            sections(
                    HOSTS,
                    "hosts that are reached over several destinations and may answer over another of these than they were"
                            + " asked over; every other destination is a host of its own",
                    text(NAME, null, "whose lines they are, such as scheme-a").mandatory(),
                    texts(DESTINATIONS, "the output ports that lead to it, two at least, in no other host")
                            .mandatory()),
            text(ORIGIN, null, "what conductor.origin says on requests sent from here; the gear's name if not given"),
            texts(
                    PARK_FIELDS,
                    "fields kept back from the request and put into its answer again, such as terminal-private data"),
            section(
                    VALET,
                    "the tickets of requests in flight",
                    choice(
                            STORE,
                            MEMORY,
                            "where tickets are kept. memory: they end with the process. local_durable: on the rack's disk too,"
                                    + " sealed; after a kill a repeat of what was sent is not sent again, and an answer finds"
                                    + " its ticket; a request is sent once its ticket is kept. shared: in NATS too, sealed, for"
                                    + " the conductors of that name on all racks of the scenario; what one of them has sent"
                                    + " no other sends",
                            MEMORY,
                            LOCAL_DURABLE,
                            SHARED),
                    choice(
                            SYNC,
                            null,
                            "of store: local_durable, when a ticket is kept: os, in the kernel's memory (survives kill -9, not a"
                                    + " power cut); group, on the disk, with one fsync for all that wait; each, with one for"
                                    + " every record; os if not given",
                            "os",
                            "group",
                            "each"),
                    duration(
                            SHARE_WAIT,
                            null,
                            "of store: shared, how long a request waits at most to know whether another rack has sent it,"
                                    + " a quarter of the shortest timeout at most; 250ms if not given"),
                    choice(
                            UNSHARED,
                            null,
                            "of store: shared, what becomes of a request while NATS does not tell in time: send, it is sent"
                                    + " (and sent twice, if another rack has); decline, it is declined with overload; send if"
                                    + " not given",
                            SEND,
                            DECLINE),
                    duration(DEFAULT_TTL, "30s", "how long an answer may take, 1ms to 1h"),
                    duration(
                            RETAIN_AFTER_CLOSE,
                            "5s",
                            "how long an outcome is kept for retransmissions and late answers; 0s keeps none"),
                    number(
                            RETAIN_MAX,
                            65_536L,
                            0,
                            TICKETS_MAX,
                            "outcomes kept at most by each strip; the oldest go, a few at a time")),
            section(
                    BREAKER,
                    "when a destination that does not answer is left out",
                    number(TRIP_AFTER, 5L, 1, Breaker.TRIP_AFTER_MAX, "timeouts in a row, on all strips together"),
                    duration(COOLDOWN, "10s", "how long nothing is sent there then, 1ms or more"),
                    number(
                            HALF_OPEN_PROBES,
                            3L,
                            1,
                            Breaker.PROBES_MAX,
                            "requests sent after that to see if it answers")),
            number(MAX_IN_FLIGHT, 65_536L, 1, TICKETS_MAX, "tickets open at a time on all strips together"));

    private Keys() {}

    private static ConfigKey[] condition() {
        return new ConfigKey[] {
            texts(
                    FIELD,
                    "alias or field path, such as card.pan or iso8583.field.32; of several the first that is there"),
            texts(PREFIX, "the value begins with one of these"),
            texts(RANGE, "its leading digits lie in one of these, such as 510000-559999"),
            texts(SET, "it is one of these, trailing spaces aside"),
            text(REGEX, null, "all of it matches this expression"),
            path(TABLE, null, "file of BIN ranges: lines of from,to,value or prefix,value"),
            texts(VALUE, "values of the table that count; any if not given")
        };
    }
}
