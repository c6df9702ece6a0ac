package io.parley.bench.soak.traffic;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads, whose answers must have what was acknowledged before. */
record Reads(Requests requests) {
    private static final String WORD = "needle";

    void message(Account account) {
        var talk = Writes.anyTalk(account);
        if (talk.isEmpty()) return;
        var message = any(account, List.copyOf(talk.get().getValue().messages().entrySet()));
        if (message.isEmpty()) return;
        var id = message.get().getKey();
        var answer = requests.once(account, Call.get("/messages/" + id));
        if (!answer.succeeded() || account.ledger().doubts(id)) return;
        var content = answer.json().getString("content", "");
        if (!message.get().getValue().equals(content == null ? "" : content))
            requests.statistics()
                    .fault(Statistics.Fault.WRONG, "message " + id + ": " + content + ", not " + message.get());
    }

    void page(Account account) {
        Writes.anyTalk(account)
                .ifPresent(talk ->
                        requests.once(account, Call.get("/conversations/" + talk.getKey() + "/messages?limit=50")));
    }

    void conversations(Account account) {
        requests.once(account, Call.get("/conversations?limit=20"));
    }

    void tasks(Account account) {
        requests.once(account, Call.get("/tasks?limit=50"));
    }

    void search(Account account) {
        requests.once(account, Call.get("/search?q=" + WORD + "&limit=20"));
    }

    static <K, V> Optional<Map.Entry<K, V>> any(Account account, List<Map.Entry<K, V>> entries) {
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.get(account.random().nextInt(entries.size())));
    }
}
