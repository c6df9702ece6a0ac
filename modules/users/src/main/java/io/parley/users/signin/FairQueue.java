package io.parley.users.signin;

import io.parley.kernel.limits.ClientNetwork;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Jobs that wait, with a turn for each address however many jobs it has. If the queue is full, a new job takes the place of the newest one of the
 * address with the most jobs. Not for several threads at once.
 */
final class FairQueue<T> {
    private final int capacity;
    private final Map<ClientNetwork, Deque<T>> waiting = new LinkedHashMap<>();
    private int size;

    FairQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Returns the job that does not fit, if there is one: this one, or one that has to give way. */
    Optional<T> add(ClientNetwork client, T job) {
        var displaced = size < capacity ? Optional.<T>empty() : displace(client);
        if (size == capacity) return Optional.of(job);
        waiting.computeIfAbsent(client, first -> new ArrayDeque<>()).addLast(job);
        size++;
        return displaced;
    }

    // None if no other address would still have as many jobs as this one.
    private Optional<T> displace(ClientNetwork client) {
        int own = waiting.getOrDefault(client, new ArrayDeque<>()).size();
        return waiting.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .filter(longest -> longest.getValue().size() > own + 1)
                .map(longest -> remove(longest.getValue()));
    }

    private T remove(Deque<T> longest) {
        size--;
        return longest.removeLast();
    }

    /** The oldest job of the address whose turn it is. */
    Optional<T> next() {
        var turn = waiting.entrySet().stream().findFirst();
        if (turn.isEmpty()) return Optional.empty();
        var client = turn.get().getKey();
        var jobs = turn.get().getValue();
        waiting.remove(client);
        var job = jobs.removeFirst();
        size--;
        if (!jobs.isEmpty()) waiting.put(client, jobs);
        return Optional.of(job);
    }
}
