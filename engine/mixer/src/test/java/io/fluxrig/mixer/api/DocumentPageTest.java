package io.fluxrig.mixer.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document as people read it. */
class DocumentPageTest {
    @TempDir
    Path folder;

    private final JsonObject document = document();
    private final List<String> undescribed = new ArrayList<>();

    private static JsonObject document() {
        try (var in = Objects.requireNonNull(Api.class.getResourceAsStream("openapi.json"))) {
            return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    @Test
    void shouldSayOfEverythingWhatItIs() {
        document.getJsonObject("components")
                .getJsonObject("schemas")
                .forEach(each -> look(each.getKey(), (JsonObject) each.getValue()));
        document.getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue())
                        .forEach(method -> lookAtOperation((JsonObject) method.getValue())));

        assertThat(undescribed).isEmpty();
    }

    private void lookAtOperation(JsonObject operation) {
        String name = operation.getString("operationId");
        for (Object each : operation.getJsonArray("parameters", new JsonArray())) {
            JsonObject parameter = (JsonObject) each;
            if (parameter.getString("description", "").isBlank()) {
                undescribed.add(name + " " + parameter.getString("name"));
            }
        }
        if (operation.containsKey("requestBody")) {
            operation
                    .getJsonObject("requestBody")
                    .getJsonObject("content")
                    .forEach(type -> look(name + " body", ((JsonObject) type.getValue()).getJsonObject("schema")));
        }
    }

    private void look(String name, JsonObject schema) {
        for (Object each : schema.getJsonArray("allOf", new JsonArray())) {
            look(name, (JsonObject) each);
        }
        schema.getJsonObject("properties", new JsonObject()).forEach(property -> {
            JsonObject value = (JsonObject) property.getValue();
            String path = name + "." + property.getKey();
            if (!value.containsKey("$ref") && value.getString("description", "").isBlank()) {
                undescribed.add(path);
            }
            look(path, value);
            look(path + "[]", value.getJsonObject("items", new JsonObject()));
        });
    }

    @Test
    void shouldShowWhatLiesWithinAnAnswerAndLeadNowhereThatIsNot() {
        String page = DocumentPage.of(document);

        assertThat(page).contains("<code>racks[].gears[].type</code>");
        Matcher links = Pattern.compile("href=\"#([^\"]+)\"").matcher(page);
        List<String> targets = new ArrayList<>();
        while (links.find()) {
            targets.add(links.group(1));
        }
        assertThat(targets).isNotEmpty().allSatisfy(target -> assertThat(page).contains("id=\"" + target + "\""));
    }

    @Test
    void shouldShowARequestForEveryBody() {
        String page = DocumentPage.of(document);

        document.getJsonObject("paths").forEach(path -> {
            JsonObject post = ((JsonObject) path.getValue()).getJsonObject("post", new JsonObject());
            if (post.containsKey("requestBody")) {
                JsonObject media = post.getJsonObject("requestBody")
                        .getJsonObject("content")
                        .getJsonObject("application/json");
                JsonObject schema = media.getJsonObject("schema");
                String reference = schema.getString("$ref", "");
                JsonObject body = reference.isEmpty()
                        ? schema
                        : document.getJsonObject("components")
                                .getJsonObject("schemas")
                                .getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
                JsonObject example = media.getJsonObject("example");
                assertThat(example.fieldNames())
                        .as(path.getKey())
                        .isSubsetOf(body.getJsonObject("properties").fieldNames())
                        .containsAll(body.getJsonArray("required").stream()
                                .map(Object::toString)
                                .toList());
                assertThat(page).contains("-d '" + example.encode().replace("\"", "&quot;"));
            }
        });
        assertThat(page).contains("127.0.0.1:8090/api/v1/racks/east/orders");
    }

    @Test
    void shouldHaveTheWordsInItsIndexThatOperatorsLookFor() {
        String page = DocumentPage.of(document);

        assertThat(page.substring(0, page.indexOf("<h2>any request"))).contains("Drain", "kill", "resume", "suspend");
    }

    @Test
    void shouldTakeOneTokenOfAFileWithSeveral() throws Exception {
        Matcher line = Pattern.compile("<pre><code>TOKEN=([^\n]+)\n")
                .matcher(DocumentPage.of(document).replace("&gt;", ">"));
        assertThat(line.find()).isTrue();
        Path file = folder.resolve("api.token");
        String typed = "printf %s " + line.group(1).replace("data/mixer/authority/api.token", file.toString());

        for (String tokens : List.of("abc\n", "# admin\n\nabc\nana def\n", "ana abc\ngrafana def read\n")) {
            Files.writeString(file, tokens);
            Process shell = new ProcessBuilder("sh", "-c", typed).start();
            assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("abc");
        }
    }
}
