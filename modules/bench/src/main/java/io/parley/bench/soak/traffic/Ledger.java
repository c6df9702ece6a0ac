package io.parley.bench.soak.traffic;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a user has been told is stored. Used by one thread at a time. */
public final class Ledger {
    /** Title by id, oldest first. */
    private final Map<String, String> tasks = new LinkedHashMap<>();

    /** By id, oldest first. */
    private final Map<String, Talk> conversations = new LinkedHashMap<>();

    private final Set<String> doubtful = new HashSet<>();
    private final Set<String> possible = new HashSet<>();

    /**
     * A conversation.
     *
     * @param messages content by id
     * @param isChat whether the assistant adds messages to it, perhaps more than were acknowledged
     */
    public record Talk(String title, boolean isChat, Map<String, String> messages) {
        Talk titled(String other) {
            return new Talk(other, isChat, messages);
        }
    }

    public Map<String, String> tasks() {
        return tasks;
    }

    public Map<String, Talk> conversations() {
        return conversations;
    }

    /** Fails if the conversation is not in the ledger. */
    Map<String, String> messages(String conversation) {
        return Objects.requireNonNull(conversations.get(conversation)).messages();
    }

    void add(String conversation, String title, boolean isChat) {
        conversations.put(conversation, new Talk(title, isChat, new LinkedHashMap<>()));
    }

    /** A change of this item was neither acknowledged nor refused. */
    void doubt(String id) {
        doubtful.add(id);
    }

    public boolean doubts(String id) {
        return doubtful.contains(id);
    }

    /** Something with this text may have been stored. */
    void expectPerhaps(String text) {
        possible.add(text);
    }

    /** Whether something that was not acknowledged may be stored with this text. */
    public boolean mayHave(String text) {
        return possible.contains(text);
    }
}
