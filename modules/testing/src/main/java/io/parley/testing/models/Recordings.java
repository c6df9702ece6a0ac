package io.parley.testing.models;

import io.parley.testing.Repository;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Recorded conversations with an airline's support (tau-bench), which the scripted model can answer from: it
 * continues the conversation so far as the recording does, tool calls included.
 *
 * @param conversations each with its title and its messages in OpenAI's form
 */
public record Recordings(List<JsonObject> conversations) implements ModelScript {
    private static final String FILE = "config/src/test/resources/airline-conversations.jsonl";

    /** The first {@code count} recordings. */
    public static Recordings airline(int count) {
        try (Stream<String> lines = Files.lines(Repository.root().resolve(FILE))) {
            return new Recordings(lines.limit(count).map(JsonObject::new).toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The messages of a recorded conversation, without the system's. */
    public static List<JsonObject> spoken(JsonArray messages) {
        return messages.stream()
                .map(JsonObject.class::cast)
                .filter(message -> !message.getString("role").equals("system"))
                .toList();
    }

    /** Streams the recording's next message, or refuses with 400 if no recording continues like that. */
    @Override
    public void play(ModelExchange exchange) {
        var said = spoken(exchange.body().getJsonArray("messages"));
        conversations.stream()
                .flatMap(conversation -> next(spoken(conversation.getJsonArray("messages")), said).stream())
                .findFirst()
                .ifPresentOrElse(
                        message -> exchange.writeInChunksOf(61, events(message)).end(),
                        () -> ModelScript.status(400).play(exchange));
    }

    /** Compares from the end, since the oldest messages of a long history may have been left out. */
    private static Optional<JsonObject> next(List<JsonObject> recorded, List<JsonObject> said) {
        return IntStream.range(said.size(), recorded.size())
                .filter(at -> recorded.get(at).getString("role").equals("assistant"))
                .filter(at -> same(recorded.subList(at - said.size(), at), said))
                .mapToObj(recorded::get)
                .findFirst();
    }

    private static boolean same(List<JsonObject> recorded, List<JsonObject> said) {
        return IntStream.range(0, said.size()).allMatch(at -> same(recorded.get(at), said.get(at)));
    }

    /** What a tool has answered is the assistant's own affair. */
    private static boolean same(JsonObject recorded, JsonObject said) {
        var role = recorded.getString("role");
        if (!role.equals(said.getString("role"))) return false;
        return role.equals("tool") || text(recorded).equals(text(said));
    }

    private static String text(JsonObject message) {
        return Optional.ofNullable(message.getString("content")).orElse("");
    }

    private static String events(JsonObject message) {
        var events = new StringBuilder(ModelEvents.role());
        for (String word : text(message).split("(?<= )", -1)) events.append(ModelEvents.text(word));
        var calls = message.getJsonArray("tool_calls", new JsonArray());
        for (int index = 0; index < calls.size(); index++) events.append(call(index, calls.getJsonObject(index)));
        var reason = calls.isEmpty() ? "stop" : "tool_calls";
        return events + ModelEvents.finish(reason) + ModelEvents.usage(100, 20) + ModelEvents.DONE;
    }

    /** The arguments in three pieces. */
    private static String call(int index, JsonObject call) {
        var function = call.getJsonObject("function");
        var arguments = function.getString("arguments");
        int third = arguments.length() / 3;
        return ModelEvents.call(index, call.getString("id"), function.getString("name"), "")
                + ModelEvents.arguments(index, arguments.substring(0, third))
                + ModelEvents.arguments(index, arguments.substring(third, 2 * third))
                + ModelEvents.arguments(index, arguments.substring(2 * third));
    }
}
