package io.parley.gateway.openai.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.gateway.contract.IdempotencyKey;
import io.parley.gateway.contract.Identity;
import io.parley.gateway.http.Answer;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.StreamedAnswer;
import io.parley.kernel.Caller;
import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request whose credentials and body have been read.
 *
 * @param path the variable parts of the path, in their order
 * @param body empty if it had none
 * @param key empty if it is sent without one
 */
public record Exchange(
        HttpServerRequest http,
        Identity identity,
        List<String> path,
        Fields body,
        Optional<IdempotencyKey> key,
        ConnectionDeadlines deadlines,
        BytesInFlight memory) {
    /** The path that all others begin with. */
    public static final String DOOR = "/v1";

    private static final int MAX_PAGE = 100;
    private static final int PAGE = 20;

    public Caller caller() {
        return identity.caller();
    }

    /** Fails not-found if the part of the path is no id with this prefix. */
    public UUID id(String prefix, String what) {
        return OpenAiIds.read(prefix, path.get(0)).orElseThrow(() -> OpenAiError.notFound(what));
    }

    public @Nullable String query(String name) {
        try {
            var value = http.getParam(name);
            return value == null || value.isEmpty() ? null : value;
        } catch (IllegalArgumentException malformed) {
            throw OpenAiError.invalid(null, "invalid_request", "The query is not well-formed.");
        }
    }

    public boolean flag(String name) {
        var value = query(name);
        if (value == null) return false;
        if (!List.of("true", "false").contains(value)) throw OpenAiError.invalidValue(name, "must be true or false");
        return value.equals("true");
    }

    public int number(String name, int min, int max, int absent) {
        var value = query(name);
        if (value == null) return absent;
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max)
            throw OpenAiError.invalidValue(name, "must be a number from " + min + " to " + max);
        return Integer.parseInt(value);
    }

    /** The maximum number of items that the answer may have. */
    public int limit() {
        return number("limit", 1, MAX_PAGE, PAGE);
    }

    /** Whether a list begins with its newest item. */
    public boolean isDescending() {
        var order = query("order");
        if (order != null && !List.of("asc", "desc").contains(order))
            throw OpenAiError.invalidValue("order", "must be asc or desc");
        return !"asc".equals(order);
    }

    public Future<Void> answer(JsonNode json) {
        var answer = Answer.json(200, Map.of(), Buffer.buffer(json.toString()));
        return memory.whileWriting(answer.size(), () -> answer.write(http.response()));
    }

    public Future<Void> stream(StreamedAnswer answer) {
        return answer.send(http, deadlines);
    }

    /** Puts off the deadline for the answer until this is there. */
    public <T> Future<T> waitFor(Future<T> late) {
        return deadlines.whileAnswering(http, late);
    }
}
