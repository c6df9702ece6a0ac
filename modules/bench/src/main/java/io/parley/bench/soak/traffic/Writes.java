package io.parley.bench.soak.traffic;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Creates, edits and deletes, each sent until its outcome is known and then written into the ledger. */
record Writes(Requests requests) {
    // Older ones are deleted, so that neither the data nor the ledger grows for ever.
    private static final int CONVERSATIONS = 12;
    private static final int MESSAGES = 40;
    private static final int TASKS = 40;

    void createConversation(Account account) {
        create(account, false);
    }

    /** Returns its id, unless it could not be created. */
    Optional<String> create(Account account, boolean isChat) {
        var title = text(account, "conversation");
        var id = create(account, "/conversations", new JsonObject().put("title", title), title);
        id.ifPresent(created -> account.ledger().add(created, title, isChat));
        return id;
    }

    void createTask(Account account) {
        var title = text(account, "task");
        create(account, "/tasks", new JsonObject().put("title", title), title)
                .ifPresent(id -> account.ledger().tasks().put(id, title));
    }

    void createMessage(Account account) {
        var talk = anyTalk(account);
        if (talk.isEmpty() || talk.get().getValue().messages().size() >= MESSAGES) {
            createConversation(account);
            return;
        }
        var content = text(account, "message");
        var message = new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("role", "user")
                .put("content", content);
        create(account, "/conversations/" + talk.get().getKey() + "/messages", message, content)
                .ifPresent(id -> talk.get().getValue().messages().put(id, content));
    }

    private Optional<String> create(Account account, String path, JsonObject body, String text) {
        var answer = requests.decided(account, Call.post(path, body));
        if (answer.succeeded()) return Optional.of(answer.json().getString("id"));
        if (answer.isUndecided()) account.ledger().expectPerhaps(text);
        return Optional.empty();
    }

    void editMessage(Account account) {
        var talk = anyTalk(account);
        if (talk.isEmpty()) return;
        var messages = talk.get().getValue().messages();
        Reads.any(account, List.copyOf(messages.entrySet())).ifPresent(message -> {
            var content = text(account, "message");
            if (edit(account, "/messages/", message.getKey(), "content", content))
                messages.put(message.getKey(), content);
        });
    }

    void editConversation(Account account) {
        anyTalk(account).ifPresent(talk -> {
            var title = text(account, "conversation");
            if (edit(account, "/conversations/", talk.getKey(), "title", title))
                account.ledger()
                        .conversations()
                        .replace(talk.getKey(), talk.getValue().titled(title));
        });
    }

    void editTask(Account account) {
        var tasks = account.ledger().tasks();
        Reads.any(account, List.copyOf(tasks.entrySet())).ifPresent(task -> {
            var title = text(account, "task");
            if (edit(account, "/tasks/", task.getKey(), "title", title)) tasks.put(task.getKey(), title);
        });
    }

    private boolean edit(Account account, String path, String id, String field, String value) {
        var answer = requests.decided(account, Call.patch(path + id, new JsonObject().put(field, value)));
        if (answer.isUndecided()) account.ledger().doubt(id);
        return answer.succeeded();
    }

    void deleteConversation(Account account) {
        var talks = account.ledger().conversations();
        talks.keySet().stream()
                .filter(id -> !id.equals(account.chat()))
                .findFirst()
                .ifPresent(id -> {
                    if (delete(account, "/conversations/", id)) talks.remove(id);
                });
    }

    void deleteTask(Account account) {
        var tasks = account.ledger().tasks();
        tasks.keySet().stream().findFirst().ifPresent(id -> {
            if (delete(account, "/tasks/", id)) tasks.remove(id);
        });
    }

    private boolean delete(Account account, String path, String id) {
        var answer = requests.decided(account, Call.delete(path + id));
        if (answer.isUndecided()) account.ledger().doubt(id);
        return answer.succeeded() || answer.status() == 404;
    }

    /** Deletes the oldest of what is too much. */
    void trim(Account account) {
        if (account.ledger().conversations().size() > CONVERSATIONS) deleteConversation(account);
        if (account.ledger().tasks().size() > TASKS) deleteTask(account);
    }

    static Optional<Map.Entry<String, Ledger.Talk>> anyTalk(Account account) {
        return Reads.any(
                account,
                List.copyOf(account.ledger().conversations().entrySet()).stream()
                        .filter(talk -> !talk.getValue().isChat())
                        .toList());
    }

    /** No two are alike. */
    static String text(Account account, String kind) {
        long number = account.random().nextLong();
        var word = number % 50 == 0 ? " needle " : " hay ";
        return kind + word + Long.toHexString(number) + " of the length that people write when they ask for something";
    }
}
