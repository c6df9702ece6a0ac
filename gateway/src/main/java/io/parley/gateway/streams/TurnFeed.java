package io.parley.gateway.streams;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tells the followers of a turn what happens in it. For one event loop only. */
public final class TurnFeed {
    private final Bus bus;
    private final Map<UUID, Set<TurnFollower>> followers = new HashMap<>();

    public TurnFeed(Bus bus) {
        this.bus = bus;
    }

    /** For as long as the calling verticle is deployed. */
    public Future<Void> open() {
        return bus.subscribe(Chat.HAPPENED, this::tell);
    }

    public Bus bus() {
        return bus;
    }

    void add(TurnFollower follower) {
        followers.computeIfAbsent(follower.turnId(), id -> new HashSet<>()).add(follower);
    }

    void remove(TurnFollower follower) {
        followers.computeIfPresent(follower.turnId(), (id, all) -> all.remove(follower) && all.isEmpty() ? null : all);
    }

    private void tell(TurnEvent event) {
        var all = followers.get(event.turnId());
        if (all != null) List.copyOf(all).forEach(follower -> follower.hear(event));
    }

    /** Ends all that is followed: their clients come back elsewhere. */
    public void close() {
        followers.values().stream().flatMap(Set::stream).toList().forEach(TurnFollower::close);
    }
}
