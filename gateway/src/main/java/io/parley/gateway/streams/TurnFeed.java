package io.parley.gateway.streams;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.assistant.TurnOutcome;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Passes the events and outcomes of turns on to the requests that wait for them. For one event loop only. */
public final class TurnFeed {
    private final Bus bus;
    private final Map<UUID, Set<TurnFollower>> followers = new HashMap<>();
    private final Map<UUID, Set<AwaitedOutcome>> awaited = new HashMap<>();

    public TurnFeed(Bus bus) {
        this.bus = bus;
    }

    /** Subscribes until the calling verticle is undeployed. */
    public Future<Void> open() {
        return Future.all(bus.subscribe(Chat.HAPPENED, this::pass), bus.subscribe(Chat.ENDED, this::pass))
                .mapEmpty();
    }

    /** Ends all waiting requests, whose clients then turn to another node. */
    public void close() {
        all(followers).forEach(TurnFollower::close);
        all(awaited).forEach(AwaitedOutcome::close);
    }

    public Bus bus() {
        return bus;
    }

    void add(TurnFollower follower) {
        add(followers, follower.turnId(), follower);
    }

    void remove(TurnFollower follower) {
        remove(followers, follower.turnId(), follower);
    }

    void add(AwaitedOutcome outcome) {
        add(awaited, outcome.turnId(), outcome);
    }

    void remove(AwaitedOutcome outcome) {
        remove(awaited, outcome.turnId(), outcome);
    }

    private void pass(TurnEvent event) {
        of(followers, event.turnId()).forEach(follower -> follower.receive(event));
    }

    private void pass(TurnOutcome outcome) {
        of(awaited, outcome.turn().id()).forEach(waiting -> waiting.complete(outcome));
    }

    private static <T> void add(Map<UUID, Set<T>> byTurn, UUID turnId, T waiting) {
        byTurn.computeIfAbsent(turnId, id -> new HashSet<>()).add(waiting);
    }

    private static <T> void remove(Map<UUID, Set<T>> byTurn, UUID turnId, T waiting) {
        byTurn.computeIfPresent(turnId, (id, all) -> all.remove(waiting) && all.isEmpty() ? null : all);
    }

    // A copy, because a request that has received what it waits for removes itself.
    private static <T> List<T> of(Map<UUID, Set<T>> byTurn, UUID turnId) {
        return List.copyOf(byTurn.getOrDefault(turnId, Set.of()));
    }

    private static <T> List<T> all(Map<UUID, Set<T>> byTurn) {
        return byTurn.values().stream().flatMap(Set::stream).toList();
    }
}
