package io.fluxrig.cli.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fluxrig.cli.CommandFailure;
import io.fluxrig.transport.bus.TlsFiles;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Asks one mixer. Blocks for {@link #TIMEOUT} at most; what goes wrong ends the command. */
final class MixerClient {
    /** With TLS its handshake too, which takes a JVM that has just started seconds on a machine that is busy. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Pages of a list that are asked for. */
    private static final int PAGES_MAX = 100;

    private final URI base;
    private final String token;
    private final HttpClient http;

    /**
     * @param authorities file of who signs the certificate of an {@code https} address; null for those that the JVM trusts
     * @throws IllegalArgumentException if it is no HTTP address
     */
    MixerClient(String address, String token, Path authorities) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .sslContext(new TlsFiles(authorities, null, null).context())
                .build();
        this.base = URI.create(address.endsWith("/") ? address : address + "/");
        this.token = token;
        if (base.getHost() == null || !String.valueOf(base.getScheme()).startsWith("http")) {
            throw new IllegalArgumentException("'" + address + "' is no HTTP address");
        }
    }

    /** A part of a path or a query. */
    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) throws InterruptedException {
        return ask("GET", path, null);
    }

    JsonNode delete(String path) throws InterruptedException {
        return ask("DELETE", path, null);
    }

    /** @param body null for none */
    JsonNode post(String path, ObjectNode body) throws InterruptedException {
        return ask("POST", path, body);
    }

    /**
     * All items of a list, page by page.
     *
     * @param path with a query, if only an empty one: {@code api/v1/racks?}
     * @param key of the query that asks for the next page
     */
    ArrayNode all(String path, String key) throws InterruptedException {
        ArrayNode items = JSON.createArrayNode();
        String next = "";
        for (int page = 0; page < PAGES_MAX; page++) {
            JsonNode some = get(path + "&limit=500" + (next.isEmpty() ? "" : "&" + key + "=" + part(next)));
            some.path("items").forEach(items::add);
            next = some.path("next").asText();
            if (next.isEmpty()) {
                break;
            }
        }
        return items;
    }

    static ObjectNode body() {
        return JSON.createObjectNode();
    }

    private JsonNode ask(String method, String path, ObjectNode body) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString());
        } catch (SSLException e) {
            throw CommandFailure.failed(untrusted(e));
        } catch (IOException e) {
            throw CommandFailure.failed("no mixer answers at " + base + " ("
                    + e.getClass().getSimpleName() + "); start one with 'fluxrig mixer', or name its API with --api"
                    + (base.getScheme().equals("http") ? ", https:// where it listens beyond loopback" : ""));
        } catch (IllegalArgumentException noHeader) {
            throw CommandFailure.failed("the API token is none: it holds characters that no token has");
        }
        return read(response);
    }

    private String untrusted(SSLException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("not an SSL/TLS record") || message.contains("Unsupported or unrecognized SSL message")) {
            return "what answers at " + base + " speaks no TLS; write http:// in --api if that is meant";
        }
        if (message.contains("subject alternative") || message.contains("No name matching")) {
            return "the certificate of " + base + " is for other names; write one that it is for, or add this one to"
                    + " mixer.names on the mixer";
        }
        return "the certificate of " + base
                + " is of nobody whom this command trusts, or is not valid today; give it the"
                + " mixer's authority/ca.crt with --ca-file";
    }

    private JsonNode read(HttpResponse<String> response) {
        JsonNode answer;
        try {
            answer = JSON.readTree(response.body());
        } catch (JsonProcessingException noJson) {
            throw CommandFailure.failed(
                    "what answers at " + base + " is no mixer (status " + response.statusCode() + ")");
        }
        if (response.statusCode() >= 300) {
            String detail = answer.path("detail").asText();
            throw CommandFailure.failed(detail.isEmpty() ? base + " answers " + response.statusCode() : detail);
        }
        return answer;
    }
}
