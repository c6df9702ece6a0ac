package io.parley.bench.soak.traffic;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Stream;

/** Turns of the assistant, whose model adds a task with the title of the message. */
public record Turns(Requests requests, Writes writes) {
    /** Titles of such tasks begin with it. */
    public static final String PREFIX = "turn ";

    private static final int MESSAGES = 60;
    private static final String STREAM = "text/event-stream";

    void run(Account account) {
        long startedAt = System.nanoTime();
        if (!hasChat(account)) return;
        var content = PREFIX + Long.toHexString(account.random().nextLong());
        var call = Call.post("/chat/conversations/" + account.chat() + "/messages", body(content))
                .slow();
        switch (account.random().nextInt(4)) {
            case 0, 1 -> reply(account, call, content, startedAt);
            case 2 -> follow(account, call, content, startedAt);
            default -> leave(account, call);
        }
    }

    private static JsonObject body(String content) {
        return new JsonObject().put("content", content);
    }

    /** A new conversation if the last one is long; the old one is deleted in time. */
    private boolean hasChat(Account account) {
        var talk = account.ledger().conversations().get(account.chat());
        if (talk == null || talk.messages().size() >= MESSAGES)
            writes.create(account, true).ifPresent(account::chatIn);
        return account.ledger().conversations().containsKey(account.chat());
    }

    private void reply(Account account, Call call, String content, long startedAt) {
        var answer = requests.decided(account, call);
        if (!answer.succeeded()) return;
        record(account, content, messages(answer.json().getJsonArray("messages").stream()));
        var turn = answer.json().getJsonObject("turn");
        if (!"completed".equals(turn.getString("status"))) failed(turn.encode(), startedAt);
    }

    private void follow(Account account, Call call, String content, long startedAt) {
        var answer = requests.decided(account, call.accepting(STREAM));
        if (!answer.succeeded()) return;
        if (!answer.body().contains("turn.completed")) {
            failed(answer.body(), startedAt);
            return;
        }
        var page = requests.decided(
                account, Call.get("/conversations/" + account.chat() + "/messages?limit=10&order=desc"));
        if (!page.succeeded()) return;
        var messages = page.items();
        if (messages.stream().noneMatch(message -> content.equals(message.getString("content"))))
            requests.statistics().fault(Statistics.Fault.WRONG, "no message " + content + " after its turn");
        record(account, content, messages);
    }

    /** The turn goes on without its reader. */
    private void leave(Account account, Call call) {
        requests.exchange(account, call.accepting(STREAM), BodyHandlers.ofInputStream())
                .ifPresent(response -> readAByte(response.body()));
    }

    private static void readAByte(InputStream body) {
        try (body) {
            body.read();
        } catch (IOException broken) {
            // Which is what is meant to happen.
        }
    }

    private static List<JsonObject> messages(Stream<Object> items) {
        return items.map(JsonObject.class::cast).toList();
    }

    private static void record(Account account, String title, List<JsonObject> messages) {
        var stored = account.ledger().messages(account.chat());
        for (var message : messages) {
            var content = message.getString("content") == null ? "" : message.getString("content");
            stored.put(message.getString("id"), content);
            if ("tool".equals(message.getString("role"))) task(account, title, content);
        }
    }

    /** The result of the tool has the new task, unless the tool failed. Those of earlier turns may be deleted already. */
    private static void task(Account account, String title, String result) {
        if (!result.startsWith("{\"id\"")) return;
        var task = new JsonObject(result);
        if (title.equals(task.getString("title"))) account.ledger().tasks().put(task.getString("id"), title);
    }

    private void failed(String turn, long startedAt) {
        if (!requests.statistics().isNearRestart(startedAt))
            requests.statistics().fault(Statistics.Fault.TURN_FAILED, turn);
    }
}
