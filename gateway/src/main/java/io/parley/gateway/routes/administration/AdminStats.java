package io.parley.gateway.routes.administration;

import io.parley.contracts.Statistics.Count;
import io.parley.contracts.Statistics.Figures;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much data the modules store.
 *
 * @param bytes the sum on disk
 */
record AdminStats(
        TableStats users,
        TableStats conversations,
        TableStats messages,
        TableStats tasks,
        TableStats files,
        long bytes) {
    /**
     * @param counts rows by state
     * @param bytes on disk, with indexes
     * @param lastWeek rows created within the last 7 days
     * @param lastMonth rows created within the last 30 days
     */
    record TableStats(Map<String, Long> counts, long bytes, long lastWeek, long lastMonth) {
        private static TableStats of(Figures figures) {
            Map<String, Long> counts = new LinkedHashMap<>();
            for (Count count : figures.counts()) counts.put(count.state(), count.count());
            return new TableStats(counts, figures.bytes(), figures.lastWeek(), figures.lastMonth());
        }
    }

    static AdminStats of(Figures users, Figures conversations, Figures messages, Figures tasks, Figures files) {
        return new AdminStats(
                TableStats.of(users),
                TableStats.of(conversations),
                TableStats.of(messages),
                TableStats.of(tasks),
                TableStats.of(files),
                users.bytes() + conversations.bytes() + messages.bytes() + tasks.bytes() + files.bytes());
    }
}
