package io.parley.config.system.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiContract;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Checks the response to a bad request. */
final class BadInputCheck {
    private static final ApiContract contract = ApiContract.SERVED;

    /** Returns what is wrong with the response, if anything. */
    static Optional<String> on(BadCase tried, ApiResponse answer, ApiClient api) {
        // A browser is sent on.
        if (answer.succeeded() || answer.status() / 100 == 3) return accepted(tried, answer, api);
        if (answer.status() / 100 != 4) return Optional.of("answered " + answer.status());
        if (!tried.refusals().isEmpty() && !tried.refusals().contains(answer.status()))
            return Optional.of("answered " + answer.status() + " " + answer.text());
        if (answer.status() == 400 && !points(tried, answer))
            return Optional.of("does not point at it: " + answer.text());
        return Optional.empty();
    }

    // A value that the schema allows may conflict with another field; the error may name either of them.
    private static boolean points(BadCase tried, ApiResponse answer) {
        var fault = tried.fault();
        if (tried.refusals().isEmpty())
            return answer.pointers().stream().anyMatch(pointer -> pointer.startsWith("/") == fault.startsWith("/"));
        return fault.isEmpty()
                || answer.pointers().stream()
                        .anyMatch(pointer -> pointer.equals(fault) || pointer.startsWith(fault + "/"));
    }

    private static Optional<String> accepted(BadCase tried, ApiResponse answer, ApiClient api) {
        if (!tried.refusals().isEmpty()) return Optional.of("answered " + answer.status());
        var sent = tried.sent();
        if (sent == null) return Optional.empty();
        var stored = stored(tried.fault(), readBack(answer, api));
        return stored.isMissingNode() || kept(tried.fault(), sent, stored)
                ? Optional.empty()
                : Optional.of("became " + shortened(stored));
    }

    // Another address is pending until it is confirmed.
    private static JsonNode stored(String field, JsonNode resource) {
        return field.equals("/email") && resource.hasNonNull("pending_email")
                ? resource.get("pending_email")
                : resource.at(field);
    }

    private static JsonNode readBack(ApiResponse answer, ApiClient api) {
        var location = answer.header("Location").isEmpty() ? answer.request().path() : answer.header("Location");
        if (contract.serving("GET", location).isEmpty()) return Json.object();
        var token = answer.json().path("access_token");
        return (token.isMissingNode() ? api : api.as(token.asText()))
                .get(location)
                .expect(200)
                .json();
    }

    // The contract allows two notations for these fields.
    private static boolean kept(String field, JsonNode sent, JsonNode stored) {
        return switch (field) {
            case "/metadata" -> Json.same(sent.isNull() ? Json.object() : sent, stored);
            case "/tags" -> Json.same(sent.isNull() ? Json.object().putArray("none") : sent, stored);
            case "/encrypted", "/encrypt_by_default" -> Json.same(sent.isNull() ? BooleanNode.FALSE : sent, stored);
            case "/up_to_message_id" -> sent.isNull() || sameId(sent, stored);
            case "/email" -> sent.asText().toLowerCase(Locale.ROOT).equals(stored.asText());
            case "/status" -> sent.asText().replace('-', '_').equals(stored.asText());
            case "/time_zone" -> stored.asText().equals(sent.isNull() ? "UTC" : sent.asText());
            case "/due_date", "/expires_at" ->
                (sent.isNull() || sent.asText().length() == "2027-03-01".length())
                        ? Json.same(sent, stored)
                        : time(sent).truncatedTo(ChronoUnit.MICROS).isEqual(time(stored));
            default -> Json.same(sent, stored) || sameId(sent, stored);
        };
    }

    private static OffsetDateTime time(JsonNode text) {
        return OffsetDateTime.parse(text.asText());
    }

    private static boolean sameId(JsonNode sent, JsonNode stored) {
        return sent.asText().length() == 36
                && TextNode.valueOf(sent.asText().toLowerCase(Locale.ROOT)).equals(stored);
    }

    private static String shortened(JsonNode stored) {
        var text = stored.toString();
        return text.substring(0, Math.min(200, text.length()));
    }

    private BadInputCheck() {}
}
