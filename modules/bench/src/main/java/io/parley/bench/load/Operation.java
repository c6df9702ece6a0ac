package io.parley.bench.load;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/** A request to measure. */
public enum Operation {
    MESSAGE("single message"),
    PAGE("50 messages"),
    CONVERSATIONS("20 conversations"),
    TASKS("task list"),
    SEARCH("search"),
    CREATE_MESSAGE("create message"),
    CREATE_TASK("create task");

    public static final String MESSAGE_TEXT =
            "A message of the length that people write when they ask an assistant for something.";

    public final String title;

    Operation(String title) {
        this.title = title;
    }

    public boolean isWrite() {
        return this == CREATE_MESSAGE || this == CREATE_TASK;
    }

    /** @param number of a message; its owner is the user of the request */
    public Future<Buffer> send(Client client, int number) {
        return switch (this) {
            case MESSAGE -> get(client, "/messages/" + SeedData.message(number));
            case PAGE -> get(client, "/conversations/" + SeedData.conversation(number) + "/messages?limit=50");
            case CONVERSATIONS -> get(client, "/conversations?limit=20");
            case TASKS -> get(client, "/tasks?limit=50");
            case SEARCH -> get(client, "/search?q=needle&type=message&limit=20");
            case CREATE_MESSAGE ->
                post(
                        client,
                        "/conversations/" + SeedData.conversation(number) + "/messages",
                        new JsonObject().put("role", "user").put("content", MESSAGE_TEXT));
            case CREATE_TASK -> post(client, "/tasks", new JsonObject().put("title", "Book the 9:40"));
        };
    }

    private static Future<Buffer> get(Client client, String path) {
        return client.fetch(HttpMethod.GET, path, null);
    }

    private static Future<Buffer> post(Client client, String path, JsonObject body) {
        return client.fetch(HttpMethod.POST, path, body);
    }
}
