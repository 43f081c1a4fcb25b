package io.fluxrig.mixer.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The document as a page to be read: HTML that loads nothing from elsewhere and runs no script. */
final class DocumentPage {
    static final String TYPE = "text/html; charset=utf-8";

    private static final String STYLE =
            "body{font:15px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;overflow-wrap:break-word;"
                    + "color:#1c2430;background:#fff}pre{overflow-x:auto}h1{font-size:1.6rem}h2{margin-top:2.5rem;border-bottom:1px solid #d5dbe3}"
                    + "section{margin:1.2rem 0;padding:.8rem 1rem;border:1px solid #d5dbe3;border-radius:6px}"
                    + "code{font:13px/1.4 ui-monospace,monospace}h3{margin:0;font-size:1rem}p{margin:.4rem 0}"
                    + "table{border-collapse:collapse;width:100%;margin:.5rem 0}td,th{text-align:left;vertical-align:top;"
                    + "padding:.2rem .6rem .2rem 0;border-top:1px solid #eef1f5}th{font-weight:600;color:#5a6675;white-space:nowrap}"
                    + ".m{display:inline-block;min-width:4.2rem;padding:0 .4rem;margin-right:.5rem;border-radius:4px;color:#fff;"
                    + "text-align:center;background:#2563a8}.post{background:#2f7d4f}.delete{background:#a83232}.o{color:#5a6675}"
                    + "@media(prefers-color-scheme:dark){body{background:#14181f;color:#dde3ea}h2,section{border-color:#333c48}"
                    + "td,th{border-color:#262d37}th,.o{color:#9aa6b4}a{color:#7db2ee}}"
                    // on a phone a row is a block: name and place in one line, what it is below
                    + "@media(max-width:40rem){body{margin:1rem auto}section{padding:.6rem .7rem}tr{display:block;padding:.3rem 0;"
                    + "border-top:1px solid #d5dbe3}th,td{display:inline;border:0;padding:0 .4rem 0 0;white-space:normal}td:last-child{display:block}"
                    + ".m{min-width:0}}";

    /** The first token of a file that may have comments, names and several of them. */
    private static final String TOKEN =
            "TOKEN=$(awk '/^[^#]/ {print (NF > 1 ? $2 : $1); exit}' data/mixer/authority/api.token)\n";

    private static final String CURL = "curl -H \"Authorization: Bearer $TOKEN\" ";
    private static final String WHERE = "127.0.0.1:8090";

    /** Answers that are shown once for all: their names in the document, and their status. */
    private static final Map<String, String> ANYWHERE = anywhere();

    private final StringBuilder html = new StringBuilder(32_768);
    private final JsonObject document;

    private DocumentPage(JsonObject document) {
        this.document = document;
    }

    private static Map<String, String> anywhere() {
        Map<String, String> byName = new LinkedHashMap<>();
        byName.put("Elsewhere", "307");
        byName.put("Invalid", "400");
        byName.put("NoToken", "401");
        byName.put("ReadOnly", "403");
        byName.put("TooLong", "413");
        byName.put("TooMany", "429");
        byName.put("Unable", "503");
        return byName;
    }

    static String of(JsonObject document) {
        return new DocumentPage(document).write();
    }

    private String write() {
        JsonObject info = document.getJsonObject("info");
        html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
                        + " content=\"width=device-width,initial-scale=1\"><title>")
                .append(text(info.getString("title")))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(text(info.getString("title")))
                .append("</h1><p>")
                .append(text(info.getString("description")))
                .append("</p><p><a href=\"/openapi.json\">openapi.json</a></p>");
        example(TOKEN + CURL + WHERE + "/api/v1/racks");
        index();
        html.append("<h2>any request</h2><p>may be answered with:</p><table>");
        JsonObject answers = document.getJsonObject("components").getJsonObject("responses");
        ANYWHERE.forEach((name, status) -> answer(status, answers.getJsonObject(name)));
        html.append("</table>");
        for (Object tag : document.getJsonArray("tags")) {
            group(((JsonObject) tag).getString("name"));
        }
        html.append("<h2>bodies</h2>");
        document.getJsonObject("components").getJsonObject("schemas").forEach(this::schema);
        return html.append("</body></html>").toString();
    }

    /** What there is, with links to it. */
    private void index() {
        html.append("<table>");
        for (Object tag : document.getJsonArray("tags")) {
            String name = ((JsonObject) tag).getString("name");
            StringBuilder links = new StringBuilder();
            each(
                    name,
                    (path, method, operation) -> links.append("<a href=\"#")
                            .append(text(operation.getString("operationId")))
                            .append("\">")
                            .append(text(operation.getString("summary")))
                            .append("</a><br>"));
            raw(text(name), "", links.toString());
        }
        html.append("</table>");
    }

    private void group(String tag) {
        html.append("<h2>").append(text(tag)).append("</h2>");
        each(tag, this::operation);
    }

    /** Takes one operation of the document. */
    private interface Taker {
        void take(String path, String method, JsonObject operation);
    }

    private void each(String tag, Taker taker) {
        for (Map.Entry<String, Object> path : document.getJsonObject("paths")) {
            for (Map.Entry<String, Object> method : (JsonObject) path.getValue()) {
                JsonObject operation = (JsonObject) method.getValue();
                if (operation.getJsonArray("tags").contains(tag)) {
                    taker.take(path.getKey(), method.getKey(), operation);
                }
            }
        }
    }

    private void operation(String path, String method, JsonObject operation) {
        html.append("<section id=\"")
                .append(text(operation.getString("operationId")))
                .append("\"><h3><span class=\"m ")
                .append(text(method))
                .append("\">")
                .append(text(method.toUpperCase(Locale.ROOT)))
                .append("</span><code>")
                .append(text(path))
                .append("</code></h3><p>")
                .append(text(operation.getString("summary")))
                .append(operation.containsKey("security") ? " <span class=\"o\">(open: no token)</span>" : "")
                .append("</p>");
        if (operation.containsKey("description")) {
            html.append("<p>").append(text(operation.getString("description"))).append("</p>");
        }
        html.append("<table>");
        for (Object each : operation.getJsonArray("parameters", new JsonArray())) {
            JsonObject parameter = (JsonObject) each;
            row(
                    parameter.getString("name"),
                    parameter.getString("in"),
                    parameter.getString("description", "") + " " + range(parameter.getJsonObject("schema")));
        }
        if (operation.containsKey("requestBody")) {
            fields("body", content(operation.getJsonObject("requestBody")));
        }
        operation.getJsonObject("responses").forEach(response -> {
            JsonObject answer = (JsonObject) response.getValue();
            if (!answer.containsKey("$ref") || !ANYWHERE.containsKey(last(answer.getString("$ref")))) {
                answer(response.getKey(), answer);
            }
        });
        html.append("</table>");
        if (operation.containsKey("requestBody")) {
            request(path, operation);
        }
        html.append("</section>");
    }

    /** What to type, with the token as above. */
    private void request(String path, JsonObject operation) {
        String filled = path;
        for (Object each : operation.getJsonArray("parameters", new JsonArray())) {
            JsonObject parameter = (JsonObject) each;
            filled = filled.replace("{" + parameter.getString("name") + "}", parameter.getString("example"));
        }
        String body = media(operation.getJsonObject("requestBody"))
                .getJsonObject("example")
                .encode();
        example(CURL + "-H 'Content-Type: application/json' \\\n  -d '" + body + "' " + WHERE + filled);
    }

    private void example(String typed) {
        html.append("<pre><code>").append(text(typed)).append("</code></pre>");
    }

    private void answer(String status, JsonObject response) {
        JsonObject whole = response.containsKey("$ref")
                ? document.getJsonObject("components")
                        .getJsonObject("responses")
                        .getJsonObject(last(response.getString("$ref")))
                : response;
        String reference = whole.containsKey("content") ? content(whole).getString("$ref") : null;
        String body = reference == null ? "" : link(last(reference));
        raw(text(status), "answer", text(whole.getString("description")) + " " + body);
    }

    private void fields(String where, JsonObject schema) {
        if (schema.containsKey("$ref")) {
            raw("", where, link(last(schema.getString("$ref"))));
            return;
        }
        schema.getJsonObject("properties", new JsonObject()).forEach(property -> {
            JsonObject value = (JsonObject) property.getValue();
            String needed =
                    schema.getJsonArray("required", new JsonArray()).contains(property.getKey()) ? "needed. " : "";
            row(property.getKey(), where, needed + value.getString("description", "") + " " + range(value));
        });
    }

    private void schema(Map.Entry<String, Object> entry) {
        JsonObject schema = (JsonObject) entry.getValue();
        html.append("<section id=\"")
                .append(text(entry.getKey()))
                .append("\"><h3>")
                .append(text(entry.getKey()))
                .append("</h3><table>");
        for (Object each : schema.getJsonArray("allOf", new JsonArray())) {
            fields("all of", (JsonObject) each);
        }
        properties("", schema);
        html.append("</table></section>");
    }

    /** @param path to the object whose they are, {@code racks[].} */
    private void properties(String path, JsonObject schema) {
        schema.getJsonObject("properties", new JsonObject()).forEach(property -> {
            JsonObject value = (JsonObject) property.getValue();
            JsonObject items = value.getJsonObject("items", value);
            String type = items.containsKey("$ref") ? link(last(items.getString("$ref"))) : text(range(value));
            raw(text(path + property.getKey()), "", text(value.getString("description", "")) + " " + type);
            properties(path + property.getKey() + (value.containsKey("items") ? "[]." : "."), items);
        });
    }

    private void row(String name, String where, String what) {
        raw(text(name), where, text(what));
    }

    private void raw(String name, String where, String what) {
        html.append("<tr><th><code>")
                .append(name)
                .append("</code></th><td class=\"o\">")
                .append(text(where))
                .append("</td><td>")
                .append(what)
                .append("</td></tr>");
    }

    private static JsonObject content(JsonObject of) {
        return media(of).getJsonObject("schema");
    }

    private static JsonObject media(JsonObject of) {
        return (JsonObject) of.getJsonObject("content").iterator().next().getValue();
    }

    private static String range(JsonObject schema) {
        StringBuilder range = new StringBuilder(schema.getString("type", ""));
        if (schema.containsKey("enum")) {
            range.append(": ")
                    .append(String.join(
                            ", ",
                            schema.getJsonArray("enum").stream()
                                    .map(Object::toString)
                                    .toList()));
        }
        if (schema.containsKey("minimum")) {
            range.append(" from ").append(schema.getValue("minimum"));
        }
        if (schema.containsKey("maximum")) {
            range.append(" to ").append(schema.getValue("maximum"));
        }
        if (schema.containsKey("default")) {
            range.append(", else ").append(schema.getValue("default"));
        }
        return range.length() == 0 ? "" : "(" + range + ")";
    }

    private static String link(String name) {
        return "<a href=\"#" + text(name) + "\">" + text(name) + "</a>";
    }

    private static String last(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static String text(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
