package io.parley.bench.soak.traffic;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Imports and exports. */
record Transfers(Requests requests, Listing listing) {
    private static final int CONVERSATIONS = 2;
    private static final int MESSAGES = 5;

    void importConversations(Account account) {
        var talks = new LinkedHashMap<String, Ledger.Talk>();
        for (int number = 0; number < CONVERSATIONS; number++)
            talks.put(UUID.randomUUID().toString(), talk(account));
        var lines = talks.entrySet().stream()
                .map(talk -> line(talk.getKey(), talk.getValue()).encode())
                .collect(Collectors.joining("\n"));
        // The ids make it safe to import again; a key would be refused for minutes after the node that imports is
        // killed.
        var answer = requests.decided(account, Call.lines("/import", lines).withoutKey());
        if (answer.isUndecided())
            talks.values().forEach(talk -> account.ledger().expectPerhaps(talk.title()));
        if (!answer.succeeded()) return;
        record(account, talks);
        if (!answer.json().getJsonArray("failed").isEmpty())
            requests.statistics().fault(Statistics.Fault.WRONG, "import " + answer.body());
    }

    // An import that a killed node left half done keeps its ids until it is purged, so a repetition gets others.
    private void record(Account account, Map<String, Ledger.Talk> talks) {
        var idsByTitle = new HashMap<String, String>();
        listing.conversations(account).forEach((id, title) -> idsByTitle.put(title, id));
        talks.forEach((id, talk) -> {
            var stored = idsByTitle.getOrDefault(talk.title(), id);
            account.ledger()
                    .conversations()
                    .put(stored, stored.equals(id) ? talk : withOtherIds(account, stored, talk));
        });
    }

    private Ledger.Talk withOtherIds(Account account, String id, Ledger.Talk talk) {
        var messages = listing.messages(account, id);
        if (!Set.copyOf(messages.values()).equals(Set.copyOf(talk.messages().values())))
            requests.statistics().fault(Statistics.Fault.WRONG, "import " + id + " has " + messages + ", not " + talk);
        return new Ledger.Talk(talk.title(), false, messages);
    }

    private static Ledger.Talk talk(Account account) {
        var messages = new LinkedHashMap<String, String>();
        for (int number = 0; number < MESSAGES; number++)
            messages.put(UUID.randomUUID().toString(), Writes.text(account, "import"));
        return new Ledger.Talk(Writes.text(account, "import"), false, messages);
    }

    private static JsonObject line(String id, Ledger.Talk talk) {
        var messages = new JsonArray();
        for (var message : talk.messages().entrySet())
            messages.add(new JsonObject()
                    .put("id", message.getKey())
                    .put("role", "user")
                    .put("content", message.getValue()));
        return new JsonObject().put("id", id).put("title", talk.title()).put("messages", messages);
    }

    void export(Account account) {
        var answer = requests.once(account, Call.get("/export").slow());
        if (!answer.succeeded()) return;
        var exported = answer.body().lines().flatMap(Transfers::ids).collect(Collectors.toSet());
        acknowledged(account.ledger())
                .filter(id -> !exported.contains(id))
                .forEach(id -> requests.statistics().fault(Statistics.Fault.WRONG, "an export without " + id));
    }

    private static Stream<String> acknowledged(Ledger ledger) {
        var messages = ledger.conversations().entrySet().stream()
                .filter(talk -> !ledger.doubts(talk.getKey()))
                .flatMap(talk -> talk.getValue().messages().keySet().stream());
        var owners = Stream.of(ledger.tasks(), ledger.conversations()).flatMap(items -> items.keySet().stream());
        return Stream.concat(owners, messages).filter(id -> !ledger.doubts(id));
    }

    private static Stream<String> ids(String line) {
        return Stream.of(line.split("\"id\":\"", -1)).skip(1).map(rest -> rest.substring(0, rest.indexOf('"')));
    }
}
