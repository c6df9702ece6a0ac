package io.parley.gateway.routes;

import io.parley.contracts.Statistics.Count;
import io.parley.contracts.Statistics.Figures;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much all modules keep.
 *
 * @param bytes on disk, all together
 */
record AdminStats(Holding users, Holding conversations, Holding messages, Holding tasks, long bytes) {
    /** @param counts by state */
    record Holding(Map<String, Long> counts, long bytes, long lastWeek, long lastMonth) {
        private static Holding of(Figures figures) {
            Map<String, Long> counts = new LinkedHashMap<>();
            for (Count count : figures.counts()) counts.put(count.state(), count.count());
            return new Holding(counts, figures.bytes(), figures.lastWeek(), figures.lastMonth());
        }
    }

    static AdminStats of(Figures users, Figures conversations, Figures messages, Figures tasks) {
        return new AdminStats(
                Holding.of(users),
                Holding.of(conversations),
                Holding.of(messages),
                Holding.of(tasks),
                users.bytes() + conversations.bytes() + messages.bytes() + tasks.bytes());
    }
}
